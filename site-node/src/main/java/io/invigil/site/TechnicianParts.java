package io.invigil.site;

import io.helidon.webserver.http.HttpService;
import io.invigil.appliance.layout.Templates;
import io.invigil.site.device.Cameras;
import io.invigil.site.doctor.Doctor;
import io.invigil.site.doctor.DoctorApi;
import io.invigil.site.doctor.LocalPass;
import io.invigil.site.rehearsal.RehearsalDesk;
import io.invigil.site.rehearsal.RehearsalPages;

/** What a technician prepares a room with, wired: checks and rehearsal. */
final class TechnicianParts {
    private final SiteWiring site;
    private final Doctor doctor;
    private final LocalPass pass;
    private final RehearsalDesk rehearsals;

    TechnicianParts(SiteWiring site, SiteSync sync, Cameras cameras) {
        this.site = site;
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
    }

    HttpService[] routes(Templates templates) {
        return new HttpService[] {
            new DoctorApi(site.pages, doctor, pass, site.identity.node().value()),
            new RehearsalPages(site.pages, templates, rehearsals, this::registered)
        };
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
