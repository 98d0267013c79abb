package io.invigil.hub.declaration;

import io.invigil.hub.organisation.FieldIssue;
import java.util.List;

/** What became of a step with a declaration. */
public sealed interface DeclarationDecision {
    record Saved(DeclarationId declaration) implements DeclarationDecision {}

    record Refused(List<FieldIssue> issues) implements DeclarationDecision {
        public Refused {
            issues = List.copyOf(issues);
        }
    }

    static Refused refused(DeclarationRefusal code) {
        return refused(code, "");
    }

    static Refused refused(DeclarationRefusal code, String detail) {
        return new Refused(List.of(FieldIssue.of("", code, detail)));
    }
}
