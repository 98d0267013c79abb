package io.invigil.hub.arrangement;

import java.util.List;

/** Either everyone is placed, or nobody is and the reasons are named. */
public sealed interface ArrangementOutcome {

    /**
     * @param placements of the wanted sittings, in their order
     */
    record Arranged(List<Placement> placements) implements ArrangementOutcome {
        public Arranged {
            placements = List.copyOf(placements);
        }
    }

    record Infeasible(List<Bottleneck> bottlenecks) implements ArrangementOutcome {
        public Infeasible {
            bottlenecks = List.copyOf(bottlenecks);
        }
    }
}
