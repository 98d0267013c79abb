package io.invigil.hub.casefile;

import io.invigil.hub.candidate.Candidate;
import io.invigil.hub.plan.CertificateLevel;
import io.invigil.hub.plan.Plan;
import io.invigil.hub.plan.Subject;
import java.util.List;
import java.util.Optional;

/**
 * A candidate's whole case.
 *
 * @param person lines that concern no plan
 */
public record CaseFile(Candidate candidate, List<CaseLine> person, List<PlanCase> plans) {
    public CaseFile {
        person = List.copyOf(person);
        plans = List.copyOf(plans);
    }

    /**
     * The candidate in one plan.
     *
     * @param levels empty when the candidate is not registered
     */
    public record PlanCase(Plan plan, List<CaseLine> lines, List<LevelCase> levels) {
        public PlanCase {
            lines = List.copyOf(lines);
            levels = List.copyOf(levels);
        }

        /** Whether the seat, the ticket, the test itself or what follows still waits here. */
        public Optional<CaseLine> cause() {
            return first(lines);
        }
    }

    /** One registered certificate level. */
    public record LevelCase(
            CertificateLevel level, List<SubjectCase> subjects, CaseLine certificate) {
        public LevelCase {
            subjects = List.copyOf(subjects);
        }
    }

    /** One registered subject, its lines in the order in which one waits for the other. */
    public record SubjectCase(Subject subject, List<CaseLine> lines) {
        public SubjectCase {
            lines = List.copyOf(lines);
        }

        /** What everything else waits for; empty when all is done. */
        public Optional<CaseLine> cause() {
            return first(lines);
        }
    }

    private static Optional<CaseLine> first(List<CaseLine> lines) {
        return lines.stream().filter(line -> line.code().holds()).findFirst();
    }
}
