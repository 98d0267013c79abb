package io.invigil.protocol.sim.sync;

/** Deliberate breaks that the simulator must find: tests of the tests. */
public enum Mutation {
    /** The real thing. */
    NONE,
    /** The node believes receipts signed by anyone. */
    SKIP_RECEIPT_CHECK,
    /** The hub's store does not see what it already holds. */
    DROP_DEDUPE,
    /** The node purges after R1 already. */
    PURGE_ON_R1,
    /** The hub's database commits without flushing: a crash loses what was receipted. */
    ASYNC_COMMIT,
    /** A restored hub goes on in its old hub epoch. */
    KEEP_HUB_EPOCH,
    /** The node forgets to send again what has no receipt. */
    NEVER_RESEND
}
