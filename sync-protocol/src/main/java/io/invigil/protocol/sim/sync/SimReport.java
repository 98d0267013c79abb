package io.invigil.protocol.sim.sync;

import io.invigil.protocol.hub.HubAlarm;
import io.invigil.protocol.node.NodeAlarm;
import java.util.List;
import java.util.Map;

/**
 * What one run showed.
 *
 * @param violations broken invariants, empty when all held
 * @param acknowledged facts that were acknowledged in the rooms
 * @param receipts receipts issued
 * @param settleMillis virtual time from the end of the faults until everything was home
 */
public record SimReport(
        long seed,
        List<String> violations,
        int acknowledged,
        int receipts,
        long settleMillis,
        Map<NodeAlarm, Integer> nodeAlarms,
        Map<HubAlarm, Integer> hubAlarms) {
    public SimReport {
        violations = List.copyOf(violations);
        nodeAlarms = Map.copyOf(nodeAlarms);
        hubAlarms = Map.copyOf(hubAlarms);
    }
}
