package io.invigil.site.technician;

import io.invigil.appliance.web.TlsMaterial;
import io.invigil.protocol.ledger.Ledger;
import io.invigil.site.pack.ActivePackages;
import io.invigil.site.pack.TrustedTime;
import io.invigil.site.room.RoomEngine;
import io.invigil.site.space.DiskSpace;
import io.invigil.site.space.SpaceLadder;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

/** Reads the state of the node for its technician. Thread-safe. */
public final class NodeStatusReader {
    private final TrustKeeper trust;
    private final String software;
    private final DiskSpace disk;
    private final SpaceLadder space;
    private final boolean secondDevice;
    private final Ledger ledger;
    private final RoomEngine engine;
    private final ActivePackages packages;
    private final TrustedTime trusted;
    private final NodeAlarms alarms;
    private final Clock clock;

    public NodeStatusReader(
            TrustKeeper trust,
            String software,
            DiskSpace disk,
            SpaceLadder space,
            boolean secondDevice,
            Ledger ledger,
            RoomEngine engine,
            ActivePackages packages,
            TrustedTime trusted,
            NodeAlarms alarms,
            Clock clock) {
        this.trust = trust;
        this.software = software;
        this.disk = disk;
        this.space = space;
        this.secondDevice = secondDevice;
        this.ledger = ledger;
        this.engine = engine;
        this.packages = packages;
        this.trusted = trusted;
        this.alarms = alarms;
        this.clock = clock;
    }

    /** Bytes free on the disk of the data directory. */
    public long freeBytes() {
        return disk.usableBytes();
    }

    public NodeStatus read() {
        NodeIdentity identity = trust.identity();
        Runtime machine = Runtime.getRuntime();
        Instant certificateUntil =
                TlsMaterial.certificates(identity.enrolment().serverChain())
                        .getFirst()
                        .getNotAfter()
                        .toInstant();
        List<NodeStatus.PackageLine> lines =
                packages.all().stream()
                        .map(
                                pack ->
                                        new NodeStatus.PackageLine(
                                                pack.exam(),
                                                pack.manifest().version(),
                                                pack.manifest().issuedAt(),
                                                clock.instant()
                                                        .isAfter(pack.manifest().freshUntil()),
                                                pack.roster().entries().size(),
                                                pack.manifest().parts().size()))
                        .toList();
        return new NodeStatus(
                identity.enrolment().realm(),
                identity.enrolment().node(),
                identity.enrolment().siteName(),
                software,
                clock.instant(),
                trusted.now(),
                ledger.members().size(),
                secondDevice ? 2 : 1,
                engine.halted(),
                ledger.durablePosition(),
                freeBytes(),
                disk.totalBytes(),
                space.state(),
                machine.totalMemory() - machine.freeMemory(),
                certificateUntil,
                lines,
                alarms.list());
    }
}
