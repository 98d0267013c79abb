package io.invigil.hub.pack;

import io.invigil.appliance.db.Tx;
import io.invigil.appliance.web.limit.Throttle;
import io.invigil.exam.pack.SittingHolder;
import io.invigil.hub.audit.Audit;
import io.invigil.hub.audit.AuditActor;
import io.invigil.hub.organisation.TenantId;
import io.invigil.protocol.fact.NodeId;
import io.invigil.protocol.paper.ReleaseCode;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Takes the word of a node without a line that it gave a sitting up: the two halves of its handover
 * code, entered by two people (domain, section 11: "a code given to two officials"). The node shows
 * a half only after its own release is durable, so both halves prove it. Thread-safe.
 */
public final class HandoverCodes {
    public static final int TRIES_AT_ONCE = 5;
    public static final Duration TRY_EVERY = Duration.ofSeconds(12);

    private final TenantId tenant;
    private final Function<String, byte[]> keys;
    private final Clock clock;
    private final Throttle tries;
    private final Audit audit = new Audit();
    private final HandoverStore store = new HandoverStore();
    private final SittingHolderStore holders = new SittingHolderStore();

    /**
     * @param keys of the packages by their names
     */
    HandoverCodes(TenantId tenant, Function<String, byte[]> keys, Clock clock) {
        this.tenant = tenant;
        this.keys = keys;
        this.clock = clock;
        this.tries = new Throttle(TRIES_AT_ONCE, TRY_EVERY, clock);
    }

    /** What came of entering a half; the name is the message key. */
    public enum Outcome {
        /** The other half is still to be entered, by somebody else. */
        HALF_TAKEN,
        /** Another node's package may list the sitting from now on. */
        RELEASED,
        /** This half of this sitting's code reads otherwise. */
        CODE_WRONG,
        /** Too many tries for this package; nothing is locked. */
        WAIT,
        /** Whoever entered one half may not enter the other. */
        SAME_PERSON,
        /** The package does not hold this sitting. */
        NOT_HELD
    }

    /** Takes what one person was told; both halves are tried. */
    public Outcome tell(
            Tx tx, NodeId node, String exam, long sitting, String typed, AuditActor who) {
        if (!holders.isHeld(tx, tenant, sitting, node, exam)) {
            return Outcome.NOT_HELD;
        }
        if (!tries.allow(exam)) {
            return Outcome.WAIT;
        }
        ReleaseCode code = SittingHolder.handoverCode(keys.apply(exam), exam, sitting);
        int half = code.isHalf(1, typed) ? 1 : code.isHalf(2, typed) ? 2 : 0;
        if (half == 0) {
            return Outcome.CODE_WRONG;
        }
        tries.forget(exam);
        Optional<String> other = store.by(tx, tenant, sitting, node, 3 - half);
        if (other.filter(who.login()::equals).isPresent()) {
            return Outcome.SAME_PERSON;
        }
        store.put(tx, tenant, sitting, node, half, who.login(), clock.instant());
        audit.created(
                tx, who, "handover", exam + "/" + sitting, Map.of("half", half, "node", node));
        return other.isPresent() ? Outcome.RELEASED : Outcome.HALF_TAKEN;
    }
}
