package io.invigil.hub;

import io.invigil.hub.lockdown.LockdownTasks;
import io.invigil.hub.pack.PackageRegister;
import java.nio.file.Path;
import java.util.List;

/**
 * The groups of features of the hub but the fleet; a new one is added here and in {@link HubMenu}.
 */
final class HubFeatures {
    private HubFeatures() {}

    /** In the order in which they start. */
    static List<FeatureWiring> of(HubParts parts) {
        PackageRegister packages = new PackageRegister(parts.tenant());
        OrganisationWiring organisation =
                new OrganisationWiring(
                        parts.database(),
                        parts.clock(),
                        parts.entropy(),
                        (tx, plan) -> packages.isPublished(tx, plan.id()),
                        parts.faces().reader());
        Path uploads = parts.data().directory("uploads");
        ImportWiring imports = new ImportWiring(parts);
        ScoringWiring scoring = ScoringWiring.of(parts);
        return List.of(
                OfficeWiring.of(parts, imports.jobs()),
                () ->
                        organisation.pages(
                                parts.pages(),
                                parts.zone(),
                                uploads,
                                imports.jobs(),
                                List.of(new LockdownTasks(), scoring.tasks())),
                scoring,
                YearWiring.of(parts, imports.jobs()),
                imports,
                new ExamDayWiring(parts, scoring),
                CourseWiring.of(parts),
                PortalWiring.of(parts, scoring));
    }
}
