package io.invigil.hub.site;

import io.invigil.hub.organisation.FieldIssue;
import java.util.List;

/** What became of entering, changing or deciding a site. */
public sealed interface SiteDecision {

    record Saved(SiteId site) implements SiteDecision {}

    record Refused(List<FieldIssue> issues) implements SiteDecision {
        public Refused {
            issues = List.copyOf(issues);
        }
    }
}
