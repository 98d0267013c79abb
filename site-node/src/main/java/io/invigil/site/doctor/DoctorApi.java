package io.invigil.site.doctor;

import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.invigil.appliance.selftest.Health.Light;
import io.invigil.appliance.web.Access;
import io.invigil.appliance.web.HttpPages;
import io.invigil.appliance.web.Reply;
import io.invigil.appliance.web.Visit;
import io.invigil.site.attendance.StaffRoster;
import io.invigil.site.web.Refusals;
import java.time.Instant;
import java.util.List;

/** The checks over HTTP: for the technician's page, and for {@code invigil doctor}. */
public final class DoctorApi implements HttpService {
    /** Header with the pass of {@link LocalPass}. */
    public static final String PASS_HEADER = "X-Invigil-Pass";

    private final HttpPages pages;
    private final Doctor doctor;
    private final LocalPass pass;
    private final String node;

    public DoctorApi(HttpPages pages, Doctor doctor, LocalPass pass, String node) {
        this.pages = pages;
        this.doctor = doctor;
        this.pass = pass;
        this.node = node;
    }

    /** What is answered. */
    public record Report(String node, Instant at, Light worst, List<CheckLine> checks) {}

    @Override
    public void routing(HttpRules rules) {
        Access staff = Access.roles(StaffRoster.TECHNICIAN, StaffRoster.PROCTOR);
        rules
                // the quick checks anew, the others as they were last
                .get("/api/technician/checks", pages.api(staff, v -> report(v, doctor.quick())))
                // all checks anew; takes seconds
                .post("/api/technician/checks", pages.api(staff, v -> report(v, doctor.all())))
                // the same for who can read the node's data directory
                .get("/api/local/checks", pages.api(Access.open(), this::local));
    }

    private Reply local(Visit visit) {
        boolean mayAsk =
                visit.header(PASS_HEADER)
                        .filter(typed -> pass.opens(typed, visit.address()))
                        .isPresent();
        return mayAsk ? report(visit, doctor.all()) : Refusals.of(visit, 403, "PASS_WRONG");
    }

    private Reply report(Visit visit, List<Finding> findings) {
        return Reply.json(
                        new Report(
                                node,
                                visit.now(),
                                Doctor.worst(findings),
                                CheckLine.of(findings, doctor.notMade(), visit.texts())))
                .header("Cache-Control", "no-store");
    }
}
