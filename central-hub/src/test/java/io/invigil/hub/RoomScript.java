package io.invigil.hub;

import io.invigil.appliance.db.Database;
import io.invigil.exam.room.AnswersDigest;
import io.invigil.exam.room.CheckInWay;
import io.invigil.exam.room.FactStamp;
import io.invigil.exam.room.HandInCause;
import io.invigil.exam.room.RoomFact;
import io.invigil.exam.room.StampedFact;
import io.invigil.hub.ingest.FactProjection;
import io.invigil.hub.ingest.IngestedFact;
import io.invigil.hub.organisation.TenantId;
import io.invigil.protocol.crypto.Digest;
import io.invigil.protocol.fact.EpochId;
import io.invigil.protocol.fact.FactDraft;
import io.invigil.protocol.fact.Lane;
import io.invigil.protocol.fact.NodeId;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Writes a room's facts as a node would and gives them to a projection. */
public final class RoomScript {
    private final TenantId tenant;
    private final NodeId node;
    private final EpochId epoch = new EpochId("0123456789abcdef0123456789abcdef");
    private final Map<Lane, Long> sequences = new EnumMap<>(Lane.class);
    private final List<IngestedFact> facts = new ArrayList<>();
    private final Map<Long, Map<String, Map<String, List<String>>>> answers = new HashMap<>();
    private final Map<String, Long> revisions = new HashMap<>();
    private long position;
    private Instant now = Instant.parse("2026-11-20T01:00:00Z");

    public RoomScript(TenantId tenant, String node) {
        this.tenant = tenant;
        this.node = new NodeId(node);
    }

    public List<IngestedFact> facts() {
        return List.copyOf(facts);
    }

    /** Applies every fact in order, each in a transaction of its own. */
    public RoomScript applyTo(Database database, FactProjection projection) {
        facts.forEach(fact -> database.useTransaction(tx -> projection.apply(tx, fact)));
        return this;
    }

    public RoomScript add(RoomFact fact) {
        now = now.plusSeconds(1);
        FactStamp stamp = new FactStamp(now.toEpochMilli(), position * 1000, "boot", "node");
        FactDraft draft = new StampedFact(stamp, fact).draft();
        return raw(draft.lane(), draft.json());
    }

    /** Adds a record byte for byte. */
    public RoomScript raw(Lane lane, byte[] json) {
        long seq = sequences.merge(lane, 1L, Long::sum);
        facts.add(
                IngestedFact.of(
                        tenant,
                        node,
                        epoch,
                        lane,
                        seq,
                        ++position,
                        json,
                        Digest.sha256(json),
                        now.plusSeconds(60)));
        return this;
    }

    public RoomScript start(long sitting, String paper) {
        add(new RoomFact.CheckedIn(sitting, CheckInWay.PHONE_CODE));
        return add(new RoomFact.SittingStarted(sitting, paper, 7, 3_600_000));
    }

    public RoomScript answer(long sitting, String item, String... values) {
        Map<String, List<String>> response = Map.of("RESPONSE", List.of(values));
        answers.computeIfAbsent(sitting, s -> new TreeMap<>()).put(item, response);
        long revision = revisions.merge(sitting + item, 1L, Long::sum);
        return add(
                new RoomFact.AnswerSaved(
                        sitting, item, "op-" + (position + 1), revision, response));
    }

    public RoomScript handIn(long sitting) {
        var last = answers.getOrDefault(sitting, Map.of());
        String digest = AnswersDigest.of(last).hex();
        return add(new RoomFact.HandedIn(sitting, HandInCause.CANDIDATE, last.size(), digest));
    }

    public RoomScript provisional(long sitting, String score, String maximum) {
        return add(
                new RoomFact.ScoredProvisionally(
                        sitting, new BigDecimal(score), new BigDecimal(maximum)));
    }

    public RoomScript incident(Optional<Long> sitting) {
        return add(
                new RoomFact.IncidentReported(
                        "INC-" + position, "EX1", sitting, "DEVICE", "键盘失灵，已更换"));
    }
}
