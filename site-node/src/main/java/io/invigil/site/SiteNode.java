package io.invigil.site;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;

/** A running, enrolled node. */
public final class SiteNode implements AutoCloseable {
    private final SiteWiring wiring;
    private final SiteSync sync;
    private final SiteServer server;
    private final AtomicBoolean closed = new AtomicBoolean();

    private SiteNode(SiteWiring wiring, SiteSync sync, SiteServer server) {
        this.wiring = wiring;
        this.sync = sync;
        this.server = server;
    }

    /** Opens storage, replays, starts sync and listeners; closes what it opened if any fails. */
    public static SiteNode start(SiteWiring.Base base) throws IOException {
        SiteWiring wiring = new SiteWiring(base);
        try {
            SiteSync sync = SiteSync.start(wiring);
            return new SiteNode(wiring, sync, SiteServer.start(wiring, sync));
        } catch (IOException | RuntimeException failed) {
            wiring.close();
            throw failed;
        }
    }

    public int httpsPort() {
        return server.httpsPort();
    }

    public int httpPort() {
        return server.httpPort();
    }

    /** For tests and the technician: asks the hub for packages at once. */
    public void askHubNow() {
        sync.askHubNow();
    }

    /** Ends requests, then the room, then storage. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            server.close();
            wiring.close();
        }
    }
}
