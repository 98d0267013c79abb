package io.invigil.protocol.fact;

import io.invigil.protocol.crypto.Digest;
import java.nio.ByteBuffer;

/**
 * One numbered, chained fact (XSP/1 section 3).
 *
 * @param seq number in the lane of this epoch, from 1 without gaps
 * @param position node-global number in the ledger over all lanes and epochs, from 1
 * @param salt 16 random bytes, so that a hash of a short record tells nothing of it
 * @param json the fact as UTF-8 JSON, exactly as drafted
 * @param prevHash hash of the lane's record before it, or the lane's genesis
 * @param hash {@code SHA-256(0x00 ‖ prevHash ‖ lane ‖ seq ‖ position ‖ salt ‖ json)}
 */
public record FactRecord(
        EpochId epoch,
        Lane lane,
        long seq,
        long position,
        byte[] salt,
        byte[] json,
        Digest prevHash,
        Digest hash) {
    public static final int SALT_BYTES = 16;

    /** Makes the record that follows {@code prevHash}, computing its hash. */
    public static FactRecord chained(
            EpochId epoch,
            Lane lane,
            long seq,
            long position,
            byte[] salt,
            byte[] json,
            Digest prevHash) {
        Digest hash = hash(prevHash, lane, seq, position, salt, json);
        return new FactRecord(epoch, lane, seq, position, salt, json, prevHash, hash);
    }

    /** Hash that stands before the first record of a lane of an epoch. */
    public static Digest genesis(String suite, Realm realm, NodeId node, EpochId epoch, Lane lane) {
        return Digest.sha256(
                new byte[] {2},
                field(suite),
                field(realm.value()),
                field(node.value()),
                epoch.bytes(),
                field(lane.code()));
    }

    /** The record hash of section 3; numbers are 8 bytes, big endian. */
    public static Digest hash(
            Digest prevHash, Lane lane, long seq, long position, byte[] salt, byte[] json) {
        ByteBuffer numbers = ByteBuffer.allocate(16).putLong(seq).putLong(position);
        return Digest.sha256(
                new byte[] {0}, prevHash.bytes(), field(lane.code()), numbers.array(), salt, json);
    }

    /** Length-prefixed so that no two sequences of fields can collide. */
    private static byte[] field(String text) {
        byte[] bytes = text.getBytes(java.nio.charset.StandardCharsets.UTF_8);
        return ByteBuffer.allocate(1 + bytes.length).put((byte) bytes.length).put(bytes).array();
    }
}
