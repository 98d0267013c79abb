package io.invigil.protocol.bundle;

import io.invigil.protocol.crypto.Digest;
import io.invigil.protocol.fact.FactRecord;
import java.util.List;

/**
 * A verified and opened bundle: its records form one unbroken chain from {@code prevHash} to {@code
 * headHash} and number {@code seqFirst} to {@code seqLast}.
 *
 * @param id SHA-256 of the bundle's bytes; names receipt lines only
 */
public record Bundle(
        Digest id,
        BundleHeader header,
        BundleContext context,
        Digest prevHash,
        Digest headHash,
        List<FactRecord> records) {
    public Bundle {
        records = List.copyOf(records);
    }
}
