package io.invigil.protocol.hub;

import io.invigil.protocol.crypto.Digest;
import io.invigil.protocol.receipt.LineStatus;

/**
 * One refused thing with its reason (P6, invariant I5): nothing is ever dropped without a row.
 *
 * @param key what makes it one thing: the same refusal again is not a second row
 * @param status PARKED (authentic, for review) or REJECTED (quarantine)
 * @param node as claimed, not proven when REJECTED
 * @param reason stable code
 * @param detail for people; no personal data
 * @param bytes the whole message, or the record's JSON for a parked record
 */
@SuppressWarnings("ArrayRecordComponent")
public record ParkedItem(
        Digest key, LineStatus status, String node, String reason, String detail, byte[] bytes) {}
