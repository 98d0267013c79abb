package io.invigil.site;

import io.helidon.webserver.http.HttpService;
import io.invigil.appliance.layout.Templates;
import io.invigil.site.device.CameraSource;
import io.invigil.site.device.Cameras;
import io.invigil.site.diagnostics.LogTail;
import io.invigil.site.diagnostics.TakeAwayPages;
import io.invigil.site.doctor.Doctor;
import io.invigil.site.doctor.DoctorApi;
import io.invigil.site.doctor.LocalPass;
import io.invigil.site.rehearsal.RehearsalDesk;
import io.invigil.site.rehearsal.RehearsalPages;
import io.invigil.site.setup.SetupListApi;
import io.invigil.site.setup.SetupMarks;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a technician prepares a room with, wired: checks, rehearsal, papers. */
final class TechnicianParts {
    private final SiteWiring site;
    private final Doctor doctor;
    private final LocalPass pass;
    private final RehearsalDesk rehearsals;
    private final SetupMarks marks;
    private final TakeAwayPages takeAway;

    TechnicianParts(SiteWiring site, SiteSync sync, Cameras cameras) {
        this.site = site;
        LogTail log = LogTail.listening();
        site.stopFirst(log::close);
        this.doctor = DoctorParts.running(site, sync, cameras);
        this.pass = new LocalPass(site.entropy, site.clock);
        this.rehearsals =
                new RehearsalDesk(
                        new RehearsalStage(site),
                        site.identity.node(),
                        SiteMain.SOFTWARE,
                        site.data.file("rehearsal.json"),
                        site.clock,
                        site.entropy);
        site.stopFirst(rehearsals);
        this.marks = new SetupMarks(site.data.file("setup.json"), site.clock);
        this.takeAway =
                new TakeAwayPages(
                        site.pages,
                        doctor,
                        rehearsals,
                        sync.statusReader()::read,
                        sync.status()::view,
                        site.ledger,
                        site.active,
                        configuration(site.settings),
                        log,
                        marks::sheetMade);
    }

    /** What was configured; the claim code and passwords in camera addresses stay out. */
    private static Map<String, Object> configuration(SiteSettings settings) {
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("data-dir", settings.dataDir().toString());
        told.put("second-device", settings.secondDevice().map(Path::toString).orElse(""));
        told.put("host", settings.host());
        told.put("https-port", settings.httpsPort());
        told.put("http-port", settings.httpPort());
        told.put("admin-port", settings.adminPort());
        told.put("server-names", settings.serverNames());
        told.put("zone", settings.zone());
        told.put("hub-every", settings.hubEvery().toString());
        told.put("ballast-mib", settings.ballastMib());
        told.put("stick-roots", settings.stickRoots().stream().map(Path::toString).toList());
        told.put(
                "cameras",
                settings.cameras().stream().map(c -> CameraSource.parse(c).name()).toList());
        told.put("enrol.hub-url", settings.enrol().hubUrl().orElse(""));
        return told;
    }

    HttpService[] routes(Templates templates) {
        return new HttpService[] {
            new DoctorApi(site.pages, doctor, pass, site.identity.node().value()),
            new RehearsalPages(site.pages, templates, rehearsals, this::registered),
            takeAway,
            new SetupListApi(site.pages, doctor, rehearsals, marks)
        };
    }

    /** Somebody takes the kit to the PCs. */
    void kitTaken() {
        marks.kitTaken();
    }

    /** The node's HTTPS serves on this port. */
    void listening(int port) {
        pass.write(site.data.file(LocalPass.FILE), site.settings.host(), port);
    }

    /** How many sit in the largest package in force. */
    private int registered() {
        return site.active.all().stream()
                .mapToInt(pack -> pack.roster().entries().size())
                .max()
                .orElse(0);
    }
}
