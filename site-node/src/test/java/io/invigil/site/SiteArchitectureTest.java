package io.invigil.site;

import io.invigil.testkit.ArchitectureContract;
import java.util.Set;

class SiteArchitectureTest extends ArchitectureContract {
    SiteArchitectureTest() {
        super("io.invigil.site", Set.of("io.invigil.hub", "io.invigil.provisioning"));
    }
}
