package io.invigil.hub;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Settings of a hub on loopback with ports of the machine's choice, embedded parts only. */
final class TestHubSettings {
    private TestHubSettings() {}

    /**
     * @param directory for the data and the root's key
     * @param workers of ingest
     * @param body name of the body that founds the hub
     */
    static HubSettings of(
            Path directory, int workers, String body, List<HubSettings.FirstStaff> staff) {
        return new HubSettings(
                directory.resolve("hub"),
                "main",
                "Asia/Shanghai",
                new HubSettings.Web("127.0.0.1", 0, List.of("localhost"), 0, Optional.empty()),
                new HubSettings.Mqtt(
                        "127.0.0.1",
                        0,
                        Optional.empty(),
                        Optional.empty(),
                        workers,
                        Optional.empty()),
                new HubSettings.Storage(Optional.empty(), Optional.empty(), Optional.empty()),
                Optional.of(
                        new HubSettings.Founding(
                                "test",
                                Optional.of(directory.resolve("root.json")),
                                body,
                                "BODY",
                                staff)));
    }
}
