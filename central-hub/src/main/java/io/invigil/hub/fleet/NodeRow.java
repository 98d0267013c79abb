package io.invigil.hub.fleet;

import io.invigil.appliance.db.Tx;
import io.invigil.hub.ingest.IngestEvents;
import io.invigil.hub.ingest.LaneState;
import io.invigil.hub.ingest.LaneStates;
import io.invigil.hub.organisation.TenantId;
import io.invigil.protocol.fact.Lane;
import io.invigil.protocol.receipt.LaneHead;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One node as the live page shows it.
 *
 * @param lanes one line per lane over all its process starts
 * @param backlog records that it has and the hub has not, by its last Hello
 */
public record NodeRow(
        SiteNode node, State state, List<LaneLine> lanes, long backlog, Optional<Instant> receipt) {

    public NodeRow {
        lanes = List.copyOf(lanes);
    }

    /** How a node stands; the name is the message key. */
    public enum State {
        CONNECTED("tag-good"),
        AWAY("tag-warn"),
        FORKED("tag-bad"),
        REVOKED("tag-bad");

        private final String style;

        State(String style) {
            this.style = style;
        }

        public String style() {
            return style;
        }
    }

    /**
     * @param held records stored without gap
     * @param head records the node says it has; at least what is stored
     */
    public record LaneLine(String lane, long held, long head, boolean waiting) {}

    /** Puts together what database and connections know. */
    static NodeRow of(
            Tx tx, TenantId tenant, SiteNode node, LaneStates states, IngestEvents.Live live) {
        List<LaneState> stored = states.of(tx, tenant, node.id());
        List<LaneLine> lines = new ArrayList<>();
        long backlog = 0;
        for (Lane lane : Lane.values()) {
            long held = 0;
            boolean waiting = false;
            for (LaneState state : stored) {
                if (state.lane().equals(lane.code())) {
                    held += state.ackSeq();
                    waiting |= state.waiting();
                }
            }
            long missing = missing(stored, live.heads(), lane);
            backlog += missing;
            lines.add(new LaneLine(lane.code(), held, held + missing, waiting));
        }
        return new NodeRow(node, state(node, stored), lines, backlog, live.lastReceipt());
    }

    private static long missing(List<LaneState> stored, List<LaneHead> heads, Lane lane) {
        long missing = 0;
        for (LaneHead head : heads) {
            if (head.lane() == lane) {
                long ack =
                        stored.stream()
                                .filter(s -> s.lane().equals(lane.code()))
                                .filter(s -> s.epoch().equals(head.epoch().hex()))
                                .mapToLong(LaneState::ackSeq)
                                .findFirst()
                                .orElse(0);
                missing += Math.max(0, head.seq() - ack);
            }
        }
        return missing;
    }

    private static State state(SiteNode node, List<LaneState> stored) {
        if (node.revoked().isPresent()) {
            return State.REVOKED;
        }
        if (stored.stream().anyMatch(LaneState::forked)) {
            return State.FORKED;
        }
        return node.connected() ? State.CONNECTED : State.AWAY;
    }
}
