package io.invigil.protocol.node;

import io.invigil.protocol.fact.EpochId;
import io.invigil.protocol.fact.FactRecord;
import io.invigil.protocol.fact.Lane;
import io.invigil.protocol.fact.Suite;
import io.invigil.protocol.receipt.LaneHead;
import io.invigil.protocol.receipt.LaneKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All lanes of all epochs that the node keeps, in the order of sending. */
final class Lanes {
    private final NodeSyncSettings settings;
    private final Map<LaneKey, LaneTrack> byKey = new HashMap<>();
    private final List<LaneTrack> inOrder = new ArrayList<>();
    private int registered;

    Lanes(NodeSyncSettings settings) {
        this.settings = settings;
    }

    Collection<LaneTrack> all() {
        return inOrder;
    }

    Optional<LaneTrack> find(LaneKey key) {
        return Optional.ofNullable(byKey.get(key));
    }

    boolean knows(EpochId epoch) {
        return byKey.containsKey(new LaneKey(epoch, Lane.CTL));
    }

    /** Takes a durable head; all lanes of a new epoch are registered at once. */
    LaneTrack take(LaneHead head) {
        if (!knows(head.epoch())) {
            register(head.epoch());
        }
        LaneTrack lane = byKey.get(head.key());
        if (head.seq() > lane.headSeq) {
            lane.headSeq = head.seq();
            lane.headHash = head.hash();
        }
        return lane;
    }

    void register(EpochId epoch) {
        registered++;
        for (Lane code : Lane.values()) {
            var key = new LaneKey(epoch, code);
            var genesis =
                    FactRecord.genesis(
                            Suite.ED25519_X25519_AES256GCM,
                            settings.realm(),
                            settings.node(),
                            epoch,
                            code);
            byKey.put(key, new LaneTrack(key, registered, genesis));
        }
        rebuild();
    }

    void forget(EpochId epoch) {
        byKey.keySet().removeIf(key -> key.epoch().equals(epoch));
        rebuild();
    }

    private void rebuild() {
        inOrder.clear();
        inOrder.addAll(byKey.values());
        inOrder.sort(
                Comparator.comparing((LaneTrack lane) -> lane.key.lane())
                        .thenComparingInt(lane -> lane.order));
    }
}
