package io.invigil.appliance.account;

import java.util.Optional;

/** What stands between a right password and the pages, such as a second factor. Thread-safe. */
public interface LoginGate {

    /**
     * Where a person with the right password is led and kept ({@code SignedIn.CONFINED_TO}); empty
     * when the password is enough.
     */
    Optional<String> leadsTo(StaffAccount account);

    /** Page on which people set it up, linked from their account; empty when there is none. */
    Optional<String> page();

    /** The password is enough. */
    static LoginGate none() {
        return new LoginGate() {
            @Override
            public Optional<String> leadsTo(StaffAccount account) {
                return Optional.empty();
            }

            @Override
            public Optional<String> page() {
                return Optional.empty();
            }
        };
    }
}
