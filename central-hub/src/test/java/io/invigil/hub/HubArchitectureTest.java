package io.invigil.hub;

import io.invigil.testkit.ArchitectureContract;
import java.util.Set;

/** The house rules over the hub's classes and sources. */
class HubArchitectureTest extends ArchitectureContract {
    HubArchitectureTest() {
        super("io.invigil.hub", Set.of("io.invigil.site", "io.invigil.provisioning"));
    }
}
