package io.invigil.site;

import io.invigil.appliance.data.DataDirectory;
import io.invigil.appliance.vision.model.ModelShelf;
import io.invigil.appliance.web.TlsMaterial;
import io.invigil.protocol.ledger.device.DeviceRole;
import io.invigil.protocol.trust.EnrolmentReply;
import io.invigil.site.device.Cameras;
import io.invigil.site.doctor.Doctor;
import io.invigil.site.doctor.Probe;
import io.invigil.site.doctor.content.CameraProbe;
import io.invigil.site.doctor.content.ModelProbe;
import io.invigil.site.doctor.content.PackageProbe;
import io.invigil.site.doctor.line.BacklogProbe;
import io.invigil.site.doctor.line.BrokerProbe;
import io.invigil.site.doctor.line.CertificateProbe;
import io.invigil.site.doctor.line.HubProbe;
import io.invigil.site.doctor.line.LanProbe;
import io.invigil.site.doctor.machine.ClockProbe;
import io.invigil.site.doctor.machine.DatabaseProbe;
import io.invigil.site.doctor.machine.Disks;
import io.invigil.site.doctor.machine.MemoryProbe;
import io.invigil.site.doctor.machine.ReferenceTime;
import io.invigil.site.doctor.machine.SecondDeviceProbe;
import io.invigil.site.doctor.machine.SpaceProbe;
import io.invigil.site.doctor.machine.WriteProbe;
import io.invigil.site.pack.ActivePackages;
import io.invigil.site.pack.PackageFiles;
import io.invigil.site.pack.PackageIntake;
import io.invigil.site.pack.TrustedTime;
import io.invigil.site.room.RoomTimeSource;
import io.invigil.site.room.history.HistoryCheck;
import io.invigil.site.space.DiskSpace;
import io.invigil.site.space.SpaceState;
import io.invigil.site.sync.SyncStatus;
import io.invigil.site.technician.HubHttp;
import io.invigil.site.technician.HubTls;
import io.invigil.site.technician.NodeKeys;
import io.invigil.site.technician.TrustKeeper;
import java.net.URI;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;

/** The checks of a node, wired: one list for a node that runs and for one that does not. */
final class DoctorParts {
    private DoctorParts() {}

    /** What the checks of the machine look at. */
    record Machine(
            SiteSettings settings,
            DataDirectory data,
            DiskSpace disk,
            Supplier<SpaceState> space,
            BooleanSupplier halted,
            Supplier<Set<DeviceRole>> members,
            Supplier<HistoryCheck> history,
            Cameras cameras,
            Clock clock,
            RoomTimeSource time) {}

    /** What the checks of an enrolled node look at beside. */
    record Enrolled(
            NodeKeys keys,
            TrustKeeper trust,
            TrustedTime trusted,
            PackageFiles files,
            PackageIntake intake,
            ActivePackages active,
            Supplier<Optional<SyncStatus.View>> sync) {}

    /** All checks of a running node. */
    static Doctor running(SiteWiring site, SiteSync sync, Cameras cameras) {
        Machine machine =
                new Machine(
                        site.settings,
                        site.data,
                        site.disk,
                        site.storage.space::state,
                        site.engine::halted,
                        site.ledger::members,
                        site.history::check,
                        cameras,
                        site.clock,
                        site.time);
        Enrolled enrolled =
                new Enrolled(
                        site.keys,
                        site.trust,
                        site.trusted,
                        site.packageFiles,
                        site.intake,
                        site.active,
                        () -> Optional.of(sync.status().view()));
        HubHttp hub = hub(enrolled);
        site.stopFirst(hub);
        return new Doctor(probes(machine, enrolled, hub), site.clock);
    }

    /** The centre, asked with the certificate in force. */
    static HubHttp hub(Enrolled node) {
        return new HubHttp(URI.create(enrolment(node).hubUrl()), tls(node));
    }

    /** All checks of an enrolled node. */
    static List<Probe> probes(Machine machine, Enrolled node, HubHttp hub) {
        ReferenceTime reference = new ReferenceTime(machine.time());
        List<Probe> probes =
                new ArrayList<>(probes(machine, reference, node.trusted()::now, wanted(node)));
        URI hubUrl = URI.create(enrolment(node).hubUrl());
        probes.add(new HubProbe(hub, hubUrl.getHost() + ":" + hubUrl.getPort(), reference));
        probes.add(new BrokerProbe(URI.create(enrolment(node).mqttUri()), tls(node)));
        probes.add(new LanProbe(LanProbe::ofThisMachine, () -> server(node).getFirst()));
        probes.add(new CertificateProbe(() -> certificates(node), machine.clock()));
        probes.add(
                new PackageProbe(
                        node.files()::exams,
                        node.active()::all,
                        node.intake()::bytes,
                        machine.clock()));
        probes.add(new BacklogProbe(node.sync()));
        return probes;
    }

    /** The checks that need no enrolment. */
    static List<Probe> probes(
            Machine machine,
            ReferenceTime reference,
            Supplier<Optional<java.time.Instant>> vouched,
            BooleanSupplier facesWanted) {
        Path first = machine.data().directory("ledger");
        List<WriteProbe.Device> devices = new ArrayList<>();
        devices.add(WriteProbe.Device.directory("A", first));
        machine.settings()
                .secondDevice()
                .ifPresent(second -> devices.add(WriteProbe.Device.directory("B", second)));
        return List.of(
                new ClockProbe(machine.time(), reference, vouched),
                new WriteProbe(devices, machine.halted(), System::nanoTime),
                new SpaceProbe(machine.disk(), machine.space()),
                new SecondDeviceProbe(
                        first,
                        machine.settings().secondDevice(),
                        machine.members(),
                        Disks.ofMachine()),
                new MemoryProbe(MemoryProbe::ofThisProcess),
                new DatabaseProbe(machine.history()),
                new ModelProbe(
                        new ModelShelf(machine.data().root().resolve("models"))::look, facesWanted),
                new CameraProbe(machine.cameras()::list, machine.cameras()::picture));
    }

    private static BooleanSupplier wanted(Enrolled node) {
        return () ->
                node.active().all().stream().anyMatch(pack -> pack.policy().identity().compares());
    }

    private static EnrolmentReply enrolment(Enrolled node) {
        return node.trust().identity().enrolment();
    }

    private static SSLContext tls(Enrolled node) {
        return HubTls.renewable(
                node.keys().client().getPrivate(),
                () -> enrolment(node).clientChain(),
                () -> node.trust().root().caCertificates());
    }

    private static List<X509Certificate> server(Enrolled node) {
        return TlsMaterial.certificates(enrolment(node).serverChain());
    }

    private static List<X509Certificate> certificates(Enrolled node) {
        List<X509Certificate> all = new ArrayList<>(server(node));
        all.addAll(TlsMaterial.certificates(enrolment(node).clientChain()));
        for (byte[] authority : node.trust().root().caDer()) {
            all.add(HubTls.certificate(authority));
        }
        return all;
    }
}
