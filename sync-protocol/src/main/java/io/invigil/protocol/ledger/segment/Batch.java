package io.invigil.protocol.ledger.segment;

import io.invigil.protocol.crypto.Digest;
import io.invigil.protocol.fact.FactRecord;
import java.util.List;

/**
 * The records that became durable together.
 *
 * @param number from 1 in each epoch, without gaps
 * @param hash {@code SHA-256(0x03 ‖ number ‖ prevHash ‖ count ‖ plaintext)}
 */
public record Batch(long number, Digest prevHash, Digest hash, List<FactRecord> records) {
    public static final int RECORDS_MAX = 512;
    public static final int PLAINTEXT_BYTES_MAX = 1024 * 1024;
}
