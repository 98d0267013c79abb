package io.invigil.hub;

import io.helidon.webserver.http.HttpService;
import io.invigil.hub.importjob.ImportJobs;
import java.util.HexFormat;
import java.util.List;

/** What takes uploaded files, wired; the features that know their rows register with it. */
final class ImportWiring implements FeatureWiring {
    private static final int INSTANCE_BYTES = 8;

    private final ImportJobs jobs;

    ImportWiring(HubParts parts) {
        String instance = HexFormat.of().formatHex(parts.entropy().bytes(INSTANCE_BYTES));
        this.jobs =
                new ImportJobs(
                        parts.database(),
                        parts.clock(),
                        parts.data().directory("uploads"),
                        instance);
    }

    ImportJobs jobs() {
        return jobs;
    }

    @Override
    public List<HttpService> routes() {
        return List.of();
    }

    @Override
    public void start() {
        jobs.start();
    }

    @Override
    public void stop() {
        jobs.close();
    }
}
