package io.invigil.site.sync;

import io.invigil.protocol.crypto.Entropy;
import io.invigil.protocol.receipt.HubCommandList;
import io.invigil.protocol.trust.TrustBundle;
import io.invigil.site.pack.HubPackages;
import io.invigil.site.pack.IntakeDecision;
import io.invigil.site.pack.Packages;
import io.invigil.site.pack.PaperOpening;
import io.invigil.site.room.RoomEngine;
import io.invigil.site.technician.HubHttp;
import io.invigil.site.trust.TrustUpkeep;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Asks the hub over HTTPS for newer packages and trust now and then, on a thread of its own, and
 * opens what was released too early as soon as it may. Nothing in the room waits for it.
 */
public final class HubPolling implements AutoCloseable {
    private static final Duration OPENING_EVERY = Duration.ofSeconds(2);
    private static final int NOT_FOUND = 404;
    private static final System.Logger LOG = System.getLogger(HubPolling.class.getName());

    private final HubHttp hub;
    private final HubPackages source;
    private final Packages packages;
    private final PaperOpening opening;
    private final TrustUpkeep trust;
    private final SyncDriver driver;
    private final LedgerRepair repair;
    private final RoomEngine engine;
    private final SyncStatus status;
    private final Runnable changed;
    private final Duration every;
    private final Entropy entropy;
    private final Semaphore wake = new Semaphore(0);
    private final Thread thread;
    private volatile boolean closed;

    /**
     * @param driver verifies what the hub says, as if it came by the broker
     * @param repair asks for what the ledger lost
     * @param changed called after a package came into force
     */
    public HubPolling(
            HubHttp hub,
            HubPackages source,
            Packages packages,
            PaperOpening opening,
            TrustUpkeep trust,
            SyncDriver driver,
            LedgerRepair repair,
            RoomEngine engine,
            SyncStatus status,
            Runnable changed,
            Duration every,
            Entropy entropy) {
        this.hub = hub;
        this.source = source;
        this.packages = packages;
        this.opening = opening;
        this.trust = trust;
        this.driver = driver;
        this.repair = repair;
        this.engine = engine;
        this.status = status;
        this.changed = changed;
        this.every = every;
        this.entropy = entropy;
        this.thread = Thread.ofPlatform().name("hub-polling").daemon().unstarted(this::run);
    }

    public void start() {
        thread.start();
    }

    /** Asks at once, for the technician's button. */
    public void now() {
        wake.release();
    }

    private void run() {
        long due = 0;
        while (!closed) {
            long now = engine.time().now().upMillis();
            try {
                if (now >= due) {
                    due = now + jittered();
                    ask();
                }
                opening.tryWaiting();
                if (wake.tryAcquire(OPENING_EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
                    wake.drainPermits();
                    due = 0;
                }
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                return;
            } catch (RuntimeException broken) {
                LOG.log(System.Logger.Level.ERROR, "asking the hub failed", broken);
                status.failed("HUB_FAILED", broken.getClass().getSimpleName());
            }
        }
    }

    private void ask() {
        // first and without a certificate: an expired one must not stand in the way of its renewal
        trust.renew();
        try {
            refreshTrust();
            List<IntakeDecision> decisions = packages.takeNew(source, engine);
            for (IntakeDecision decision : decisions) {
                if (decision instanceof IntakeDecision.Refused refused) {
                    status.failed(refused.code(), refused.detail());
                }
            }
            if (!decisions.isEmpty()) {
                changed.run();
            }
            takeCommands();
            repair.run();
        } catch (IOException away) {
            status.failed("HUB_UNREACHABLE", String.valueOf(away.getMessage()));
        }
    }

    /** What waits at the hub, for rooms that the broker does not reach (XSP-038). */
    private void takeCommands() throws IOException {
        HubHttp.Answer answer = hub.get("/x1/commands", HubCommandList.BYTES_MAX);
        if (answer.status() == NOT_FOUND) {
            return; // a hub of before
        }
        Optional<HubCommandList> waiting =
                answer.ok() ? HubCommandList.read(answer.body()) : Optional.empty();
        if (waiting.isEmpty()) {
            throw new IOException("the hub answered " + answer.status() + " to /x1/commands");
        }
        waiting.get().messages().forEach(driver::message);
    }

    private void refreshTrust() throws IOException {
        HubHttp.Answer answer = hub.get("/x1/trust", TrustBundle.BYTES_MAX);
        Optional<TrustBundle> bundle =
                answer.ok() ? TrustBundle.read(answer.body()) : Optional.empty();
        if (bundle.isEmpty()) {
            throw new IOException("the hub answered " + answer.status() + " to /x1/trust");
        }
        trust.take(bundle.get());
    }

    private long jittered() {
        long random = ByteBuffer.wrap(entropy.bytes(Long.BYTES)).getLong() >>> 1;
        return every.toMillis() / 2 + random % Math.max(1, every.toMillis());
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        hub.close();
        try {
            thread.join(5_000);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
