package io.invigil.hub;

import io.helidon.webserver.http.HttpService;
import io.invigil.hub.ingest.Downlink;
import io.invigil.hub.ingest.FactProjection;
import java.util.List;

/**
 * A group of features, wired: what it brings to the hub. Its message bundles and menu entries are
 * named in {@link HubMenu}, because pages need all texts before any feature is made.
 */
public interface FeatureWiring {

    /** Pages and APIs, in the order of registration. */
    List<HttpService> routes();

    /** Told of every stored fact. */
    default List<FactProjection> projections() {
        return List.of();
    }

    /** Signed messages to nodes. */
    default List<Downlink> downlinks() {
        return List.of();
    }

    /** Starts what runs by itself; called after everything is wired, before the web opens. */
    default void start() {}

    /** Stops what runs by itself; called in reverse order, after the web has closed. */
    default void stop() {}
}
