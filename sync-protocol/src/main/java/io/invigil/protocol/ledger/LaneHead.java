package io.invigil.protocol.ledger;

import io.invigil.protocol.crypto.Digest;

/**
 * The last durable record of one lane of one epoch.
 *
 * @param seq its number; 0 when the lane has no record yet
 * @param hash its record hash; the lane's genesis when {@code seq} is 0
 */
public record LaneHead(long seq, Digest hash) {}
