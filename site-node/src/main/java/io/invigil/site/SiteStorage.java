package io.invigil.site;

import io.invigil.appliance.data.DataDirectory;
import io.invigil.appliance.data.KeyFile;
import io.invigil.appliance.i18n.Texts;
import io.invigil.protocol.crypto.Entropy;
import io.invigil.site.blob.BlobDisk;
import io.invigil.site.blob.RoomBlobs;
import io.invigil.site.room.RoomEngine;
import io.invigil.site.space.DiskSpace;
import io.invigil.site.space.SpaceLadder;
import io.invigil.site.space.SpaceLevel;
import io.invigil.site.space.SpaceState;
import io.invigil.site.space.SpaceWatch;
import io.invigil.site.technician.NodeAlarms;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** What lies on the node's disk beside the ledger, and how much of it may. */
final class SiteStorage {
    private static final long CHECK_SECONDS = 2;
    private static final long MIB = 1024 * 1024;
    private static final System.Logger LOG = System.getLogger(SiteStorage.class.getName());

    final SpaceLadder space;
    final RoomBlobs blobs;
    private final SpaceWatch watch;

    /**
     * @param texts in the language that facts state things in
     */
    SiteStorage(
            DataDirectory data,
            long ballastMib,
            DiskSpace disk,
            KeyFile keyFile,
            Entropy entropy,
            NodeAlarms alarms,
            Texts texts)
            throws IOException {
        this.watch = new SpaceWatch(alarms::raise, state -> words(texts, state), entropy);
        Path ballast = data.directory("ledger").resolve("ballast");
        this.space = new SpaceLadder(disk, ballast, ballastMib * MIB, watch);
        space.check();
        this.blobs =
                RoomBlobs.open(
                        data.directory("blobs"),
                        keyFile,
                        entropy,
                        BlobDisk.real(),
                        disk::usableBytes,
                        alarms::raise);
    }

    /** Nothing but answers may be written. */
    boolean answersOnly() {
        return space.level() == SpaceLevel.ANSWERS_ONLY;
    }

    /** From now on the disk is looked at, and the room hears of it. */
    void watch(RoomEngine engine, ScheduledExecutorService timer) {
        watch.room(engine);
        timer.scheduleWithFixedDelay(this::check, 0, CHECK_SECONDS, TimeUnit.SECONDS);
    }

    private void check() {
        try {
            space.check();
        } catch (RuntimeException gone) {
            // a timer's task that throws is not run again
            LOG.log(System.Logger.Level.ERROR, "the disk could not be looked at", gone);
        }
    }

    private static String words(Texts texts, SpaceState state) {
        return texts.text("technician.space." + state.level(), state.freePercent(), state.cause());
    }
}
