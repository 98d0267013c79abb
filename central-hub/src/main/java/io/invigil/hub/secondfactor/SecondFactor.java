package io.invigil.hub.secondfactor;

/**
 * What an account has enrolled.
 *
 * @param sealed the secret, encrypted under the hub's data key
 * @param confirmed whether a first code was entered; until then it is not asked for
 * @param lastStep of the newest accepted code; no older or equal one is accepted again
 * @param failures wrong codes since the last right one
 */
record SecondFactor(byte[] sealed, boolean confirmed, long lastStep, int failures) {}
