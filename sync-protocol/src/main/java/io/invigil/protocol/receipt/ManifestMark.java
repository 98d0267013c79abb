package io.invigil.protocol.receipt;

import io.invigil.protocol.crypto.Digest;
import java.util.Objects;

/** Which signed manifest a node works under for one exam. */
public record ManifestMark(String exam, long version, Digest digest) {
    public ManifestMark {
        Objects.requireNonNull(exam);
        Objects.requireNonNull(digest);
    }
}
