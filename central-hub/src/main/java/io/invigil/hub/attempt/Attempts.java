package io.invigil.hub.attempt;

import io.invigil.appliance.db.Tx;
import io.invigil.exam.file.EmergencyFile;
import io.invigil.exam.room.AttemptKey;
import io.invigil.exam.room.RoomFact;
import io.invigil.exam.room.StampedFact;
import io.invigil.hub.organisation.TenantId;
import io.invigil.hub.plan.PlanId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Reading what the rooms recorded. Stateless and thread-safe. */
public final class Attempts {
    /** An incident of the whole room counts for sittings that were open this close to it. */
    public static final Duration ROOM_INCIDENT_REACH = Duration.ofHours(2);

    private final AttemptStore store = new AttemptStore();
    private final BroughtStore brought = new BroughtStore();

    public Optional<Attempt> find(Tx tx, TenantId tenant, long sitting) {
        return store.find(tx, tenant, sitting);
    }

    /** Attempts of a plan by sitting; a sitting of which nothing was heard is missing. */
    public Map<Long, Attempt> ofPlan(Tx tx, TenantId tenant, PlanId plan) {
        Map<Long, Attempt> attempts = new HashMap<>();
        store.ofPlan(tx, tenant, plan.value()).forEach(a -> attempts.put(a.sitting(), a));
        return attempts;
    }

    /** Numbers of all attempts at the sitting that anything was heard of, in order. */
    public List<Long> numbers(Tx tx, TenantId tenant, long sitting) {
        return store.numbers(tx, tenant, AttemptKey.sittingOf(sitting));
    }

    /** Every revision of every answer, by item and revision. */
    public List<AnswerRevision> history(Tx tx, TenantId tenant, long sitting) {
        return store.answers(tx, tenant, sitting);
    }

    /** The answers that count: of each item the highest revision, then the highest position. */
    public Map<String, AnswerRevision> current(Tx tx, TenantId tenant, long sitting) {
        Map<String, AnswerRevision> current = new TreeMap<>();
        store.answers(tx, tenant, sitting).forEach(answer -> current.put(answer.item(), answer));
        return current;
    }

    /** Responses by item, as scoring and the answers' digest take them. */
    public static Map<String, Map<String, List<String>>> responses(
            Map<String, AnswerRevision> current) {
        Map<String, Map<String, List<String>>> responses = new TreeMap<>();
        current.forEach((item, answer) -> responses.put(item, answer.response()));
        return responses;
    }

    /**
     * Answers that the room kept apart, in the order in which they arrived, then those of a file
     * that the centre opened. What both brought is the room's.
     */
    public List<LateAnswer> late(Tx tx, TenantId tenant, long sitting) {
        Map<String, LateAnswer> late = new LinkedHashMap<>();
        for (RoomEvent event : store.eventsOfSitting(tx, tenant, sitting)) {
            if (event.fact().fact() instanceof RoomFact.AnswerKeptApart fact) {
                late.putIfAbsent(fact.op(), LateAnswer.of(event.fact(), fact));
            } else if (event.fact().fact() instanceof RoomFact.ApartDecided said) {
                var word =
                        new LateAnswer.Word(
                                said.accepted(), said.reason(), event.fact().stamp().by());
                late.computeIfPresent(said.op(), (op, answer) -> answer.with(word));
            }
        }
        brought.ofSitting(tx, tenant, sitting)
                .forEach(answer -> late.putIfAbsent(answer.op(), answer));
        return List.copyOf(late.values());
    }

    /**
     * Keeps answers of an emergency file that the centre opened, apart from those that count; one
     * that is kept already stays as it is.
     *
     * @param file hex SHA-256 of the file
     */
    public void bring(
            Tx tx,
            TenantId tenant,
            long sitting,
            String file,
            List<EmergencyFile.Answer> answers,
            Instant at) {
        brought.add(tx, tenant, sitting, file, answers, at);
    }

    /** Items of which two different answers carry one revision: two writers, or a cloned node. */
    public List<String> forkedItems(Tx tx, TenantId tenant, long sitting) {
        List<String> forked = new ArrayList<>();
        AnswerRevision before = null;
        for (AnswerRevision answer : store.answers(tx, tenant, sitting)) {
            if (before != null
                    && before.item().equals(answer.item())
                    && before.revision() == answer.revision()
                    && !Arrays.equals(before.json(), answer.json())
                    && !forked.contains(answer.item())) {
                forked.add(answer.item());
            }
            before = answer;
        }
        return forked;
    }

    /** What happened around a sitting, oldest first; for the page that rebuilds a score. */
    public List<Happening> happenings(Tx tx, TenantId tenant, long sitting) {
        return store.eventsOfSitting(tx, tenant, sitting).stream()
                .map(event -> new Happening(event.node(), event.position(), event.fact()))
                .toList();
    }

    /** A fact as shown to people. */
    public record Happening(String node, long position, StampedFact fact) {
        public Instant at() {
            return Instant.ofEpochMilli(fact.stamp().at());
        }
    }

    /** Incidents reported for whole rooms, all nodes; see {@link #concerns}. */
    public List<Happening> roomIncidents(Tx tx, TenantId tenant) {
        return happenings(tx, tenant, AttemptProjection.WHOLE_ROOM);
    }

    /** Incidents of this sitting alone. */
    public List<Happening> incidents(Tx tx, TenantId tenant, long sitting) {
        return happenings(tx, tenant, sitting).stream()
                .filter(h -> h.fact().fact() instanceof RoomFact.IncidentReported)
                .toList();
    }

    /** Whether an incident of a whole room falls into an attempt at the same node. */
    public static boolean concerns(Happening incident, Attempt attempt) {
        if (!incident.node().equals(attempt.node()) || attempt.startedAt().isEmpty()) {
            return false;
        }
        Instant from = attempt.startedAt().get().minus(ROOM_INCIDENT_REACH);
        Instant to =
                attempt.handIn()
                        .map(Attempt.HandIn::at)
                        .orElse(Instant.MAX.minus(ROOM_INCIDENT_REACH))
                        .plus(ROOM_INCIDENT_REACH);
        return !incident.at().isBefore(from) && !incident.at().isAfter(to);
    }
}
