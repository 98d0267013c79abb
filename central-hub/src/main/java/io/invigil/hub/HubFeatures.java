package io.invigil.hub;

import java.util.List;

/**
 * The groups of features of the hub but the fleet; a new one is added here and in {@link HubMenu}.
 */
final class HubFeatures {
    private HubFeatures() {}

    /** In the order in which they start. */
    static List<FeatureWiring> of(HubParts parts) {
        return List.of();
    }
}
