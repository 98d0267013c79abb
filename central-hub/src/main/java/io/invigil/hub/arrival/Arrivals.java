package io.invigil.hub.arrival;

import io.invigil.appliance.db.Database;
import io.invigil.appliance.db.Tx;
import io.invigil.appliance.web.limit.Throttle;
import io.invigil.exam.room.PortalClaim;
import io.invigil.hub.audit.Audit;
import io.invigil.hub.candidate.Candidate;
import io.invigil.hub.ingest.Downlink;
import io.invigil.hub.organisation.TenantId;
import io.invigil.hub.portal.CandidateDesk;
import io.invigil.protocol.crypto.Entropy;
import io.invigil.protocol.crypto.SigningKey;
import io.invigil.protocol.fact.NodeId;
import io.invigil.protocol.fact.Realm;
import io.invigil.protocol.receipt.HubCommandList;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.regex.Pattern;

/**
 * Claims of candidates at the portal: on their way to the rooms and back. A claim in place of an
 * unanswered one with the same code is the same claim. Thread-safe.
 */
public final class Arrivals implements Downlink {
    /** A sitting can be claimed so long before its start; the room decides when it opens. */
    public static final Duration BEFORE_START = Duration.ofHours(4);

    /** And so long after its end, for check-out. */
    public static final Duration AFTER_END = Duration.ofHours(2);

    public static final Duration SEND_AGAIN = Duration.ofSeconds(5);
    public static final int CLAIMS_AT_ONCE = 6;
    public static final Duration CLAIM_EVERY = Duration.ofSeconds(10);
    static final int PLACES_MAX = 20;
    private static final int ROUND_MAX = 1_000;
    private static final Pattern CODE = Pattern.compile("[0-9A-Z]{8}");

    private final Database database;
    private final TenantId tenant;
    private final Realm realm;
    private final SigningKey signingKey;
    private final Clock clock;
    private final Entropy entropy;
    private final Throttle throttle;
    private final ArrivalStore store = new ArrivalStore();
    private final Audit audit = new Audit();

    /**
     * @param signingKey by which nodes know the hub's messages: that of receipts
     */
    public Arrivals(
            Database database,
            TenantId tenant,
            Realm realm,
            SigningKey signingKey,
            Clock clock,
            Entropy entropy) {
        this.database = database;
        this.tenant = tenant;
        this.realm = realm;
        this.signingKey = signingKey;
        this.clock = clock;
        this.entropy = entropy;
        this.throttle = new Throttle(CLAIMS_AT_ONCE, CLAIM_EVERY, clock);
    }

    /** Where the candidate is expected in these hours. */
    List<ArrivalPlace> places(Tx tx, Candidate candidate) {
        Instant now = clock.instant();
        return store.places(
                tx, candidate, now.minus(AFTER_END), now.plus(BEFORE_START), PLACES_MAX);
    }

    Optional<ArrivalPlace> place(Tx tx, Candidate candidate, long sitting) {
        return places(tx, candidate).stream().filter(one -> one.sitting() == sitting).findFirst();
    }

    /** Claims to be in the room of an own sitting, or, after its end, to leave it. */
    ArrivalDecision claim(Tx tx, Candidate candidate, long sitting, String typed, String address) {
        Optional<ArrivalPlace> place = place(tx, candidate, sitting);
        if (place.isEmpty()) {
            return new ArrivalDecision.Unknown();
        }
        String code = typed.replaceAll("[\\s\u3000-]", "").toUpperCase(Locale.ROOT);
        if (!CODE.matcher(code).matches()) {
            return new ArrivalDecision.Refused(ArrivalRefusal.ARRIVAL_CODE);
        }
        Instant now = clock.instant();
        boolean leave = place.get().leaving(now);
        boolean underWay =
                place.get()
                        .last()
                        .filter(last -> last.waits(now) && last.leave() == leave)
                        .filter(last -> last.code().equals(code))
                        .isPresent();
        if (underWay) {
            return new ArrivalDecision.Sent();
        }
        if (!throttle.allow(candidate.id().toString())) {
            return new ArrivalDecision.Refused(ArrivalRefusal.ARRIVAL_TOO_OFTEN);
        }
        // above every number before, also after a database was put back from a copy
        long request = Math.max(store.lastRequest(tx, tenant, sitting) + 1, now.toEpochMilli());
        store.put(
                tx,
                tenant,
                new PortalClaim(place.get().exam(), sitting, request, code, leave),
                now);
        audit.created(
                tx,
                CandidateDesk.actor(candidate, address),
                "portal-arrival",
                sitting,
                Map.of("exam", place.get().exam(), "leave", leave));
        return new ArrivalDecision.Sent();
    }

    @Override
    public void sendDue(BiPredicate<NodeId, byte[]> send) {
        Instant now = clock.instant();
        List<ArrivalStore.Outgoing> due =
                database.inTransaction(
                        tx ->
                                store.due(
                                        tx,
                                        tenant,
                                        now.minus(Arrival.ANSWER_WITHIN),
                                        now.minus(SEND_AGAIN),
                                        ROUND_MAX));
        for (ArrivalStore.Outgoing one : due) {
            if (send.test(one.node(), message(one))) {
                database.useTransaction(tx -> store.sent(tx, tenant, one.claim(), now));
            }
        }
    }

    @Override
    public List<byte[]> waiting(NodeId node) {
        Instant since = clock.instant().minus(Arrival.ANSWER_WITHIN);
        return database
                .inTransaction(
                        tx -> store.waiting(tx, tenant, node, since, HubCommandList.MESSAGES_MAX))
                .stream()
                .map(this::message)
                .toList();
    }

    private byte[] message(ArrivalStore.Outgoing one) {
        return one.claim().message(realm, one.node(), one.key(), signingKey, entropy);
    }
}
