package io.invigil.site.doctor;

import java.io.IOException;

/** One check's way of looking. Called by one thread at a time. */
public interface Probe {
    Check check();

    /** Looks now. What cannot be looked at at all is thrown, and shown as broken off. */
    Measured look() throws IOException;
}
