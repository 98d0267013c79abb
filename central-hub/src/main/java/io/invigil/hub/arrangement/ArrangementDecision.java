package io.invigil.hub.arrangement;

import io.invigil.hub.organisation.FieldIssue;
import java.util.List;

/** What became of arranging a plan. */
public sealed interface ArrangementDecision {

    /**
     * @param seed of this run
     * @param placed sittings seated by this run
     * @param banned names of candidates who were left out because they are banned
     */
    record Done(long seed, int placed, List<String> banned) implements ArrangementDecision {
        public Done {
            banned = List.copyOf(banned);
        }

        /** Nobody was left out. */
        public Done(long seed, int placed) {
            this(seed, placed, List.of());
        }
    }

    /** Nobody was seated; the run is recorded with these reasons. */
    record Infeasible(long seed, List<Bottleneck> bottlenecks) implements ArrangementDecision {
        public Infeasible {
            bottlenecks = List.copyOf(bottlenecks);
        }
    }

    /** Not tried. */
    record Refused(List<FieldIssue> issues) implements ArrangementDecision {
        public Refused {
            issues = List.copyOf(issues);
        }
    }
}
