package io.invigil.site;

import io.invigil.appliance.data.DataDirectory;
import io.invigil.appliance.data.DataKey;
import io.invigil.appliance.data.DirectoryBlobs;
import io.invigil.appliance.data.KeyFile;
import io.invigil.appliance.i18n.I18n;
import io.invigil.appliance.i18n.Language;
import io.invigil.protocol.crypto.Entropy;
import io.invigil.protocol.ledger.device.DeviceRole;
import io.invigil.site.device.Cameras;
import io.invigil.site.doctor.CheckLine;
import io.invigil.site.doctor.Doctor;
import io.invigil.site.doctor.DoctorApi;
import io.invigil.site.doctor.Finding;
import io.invigil.site.doctor.machine.ReferenceTime;
import io.invigil.site.pack.ActivePackages;
import io.invigil.site.pack.PackageFiles;
import io.invigil.site.pack.PackageIntake;
import io.invigil.site.pack.Packages;
import io.invigil.site.pack.PaperShelf;
import io.invigil.site.pack.TrustedTime;
import io.invigil.site.room.MachineTime;
import io.invigil.site.room.history.HistoryCheck;
import io.invigil.site.room.history.RoomHistory;
import io.invigil.site.space.DiskSpace;
import io.invigil.site.space.SpaceLadder;
import io.invigil.site.technician.HubHttp;
import io.invigil.site.technician.NodeIdentity;
import io.invigil.site.technician.NodeKeys;
import io.invigil.site.technician.TrustKeeper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The checks of a node that does not run, on its directories (issue 3, part 8). The ledger is not
 * opened: that would begin an epoch. One thread.
 */
public final class StoppedNode {
    private final SiteSettings settings;
    private final Map<String, String> environment;
    private final Clock clock;
    private final Entropy entropy = Entropy.secure();

    /**
     * @param settings whose data directory exists
     * @param environment where the data key may come from
     */
    public StoppedNode(SiteSettings settings, Map<String, String> environment, Clock clock) {
        this.settings = settings;
        this.environment = Map.copyOf(environment);
        this.clock = clock;
    }

    /**
     * Makes all checks; of a node that is not enrolled, those of its machine.
     *
     * @throws io.invigil.appliance.data.DataDirectoryInUse when the node runs
     */
    public DoctorApi.Report check(Language language) throws IOException {
        try (DataDirectory data = DataDirectory.open(settings.dataDir())) {
            Optional<NodeIdentity> identity = NodeIdentity.read(data.file("identity.json"));
            Cameras cameras = cameras(data);
            try (cameras) {
                Doctor doctor;
                if (identity.isEmpty()) {
                    doctor = fresh(data, cameras);
                    return report("–", doctor.all(), language);
                }
                DataKey dataKey = DataKey.open(data, environment, entropy);
                DoctorParts.Enrolled enrolled = enrolled(data, dataKey, identity.get());
                try (HubHttp hub = DoctorParts.hub(enrolled)) {
                    DoctorParts.Machine machine =
                            machine(data, cameras, () -> history(data, dataKey));
                    doctor = new Doctor(DoctorParts.probes(machine, enrolled, hub), clock);
                    return report(identity.get().node().value(), doctor.all(), language);
                }
            }
        }
    }

    private Doctor fresh(DataDirectory data, Cameras cameras) {
        DoctorParts.Machine machine = machine(data, cameras, HistoryCheck.Away::new);
        return new Doctor(
                DoctorParts.probes(
                        machine, new ReferenceTime(machine.time()), Optional::empty, () -> false),
                clock);
    }

    private static HistoryCheck history(DataDirectory data, DataKey dataKey) {
        Path directory = data.root().resolve("projection").resolve("history");
        return RoomHistory.checkStopped(directory, dataKey.derive("derby"));
    }

    private Cameras cameras(DataDirectory data) {
        return new Cameras(
                settings.cameras(),
                data.root().resolve("native"),
                Path.of("/dev"),
                environment.getOrDefault("PATH", ""),
                clock::millis);
    }

    private DoctorParts.Machine machine(
            DataDirectory data,
            Cameras cameras,
            java.util.function.Supplier<HistoryCheck> history) {
        DiskSpace disk = DiskSpace.of(data.root());
        // a ladder without a ballast of its own: it must not give up the node's
        SpaceLadder ladder = new SpaceLadder(disk, data.file("no-ballast"), 0, (before, now) -> {});
        ladder.check();
        return new DoctorParts.Machine(
                settings,
                data,
                disk,
                ladder::state,
                () -> false,
                this::members,
                history,
                cameras,
                clock,
                MachineTime.of(clock, entropy));
    }

    /** A stopped node has the devices that can be written to. */
    private Set<DeviceRole> members() {
        boolean second = settings.secondDevice().filter(Files::isWritable).isPresent();
        return second ? Set.of(DeviceRole.A, DeviceRole.B) : Set.of(DeviceRole.A);
    }

    private DoctorParts.Enrolled enrolled(
            DataDirectory data, DataKey dataKey, NodeIdentity identity) throws IOException {
        KeyFile keyFile = new KeyFile(data.directory("keys"), dataKey, entropy);
        NodeKeys keys = NodeKeys.open(keyFile, entropy);
        TrustKeeper trust = new TrustKeeper(identity, data.file("identity.json"));
        TrustedTime trusted =
                new TrustedTime(MachineTime.of(clock, entropy), data.file("trusted-time.json"));
        PackageFiles files = new PackageFiles(data.directory("packages"));
        PackageIntake intake =
                new PackageIntake(
                        identity.realm(),
                        identity.node(),
                        keys.seal(),
                        trust::root,
                        files,
                        new DirectoryBlobs(data.directory("parts")),
                        clock,
                        trusted,
                        () -> true);
        ActivePackages active = new ActivePackages();
        new Packages(files, intake, active, new PaperShelf(intake, keyFile)).load();
        return new DoctorParts.Enrolled(
                keys, trust, trusted, files, intake, active, Optional::empty);
    }

    private DoctorApi.Report report(String node, List<Finding> findings, Language language) {
        I18n i18n =
                I18n.load(StoppedNode.class.getClassLoader(), settings.zoneId(), SiteTexts.BUNDLES);
        return new DoctorApi.Report(
                node,
                clock.instant(),
                Doctor.worst(findings),
                CheckLine.of(findings, List.of(), i18n.texts(language)));
    }
}
