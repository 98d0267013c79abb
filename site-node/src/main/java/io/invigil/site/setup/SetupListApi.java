package io.invigil.site.setup;

import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.invigil.appliance.web.Access;
import io.invigil.appliance.web.HttpPages;
import io.invigil.appliance.web.Reply;
import io.invigil.appliance.web.Visit;
import io.invigil.site.attendance.StaffRoster;
import io.invigil.site.doctor.Doctor;
import io.invigil.site.rehearsal.RehearsalDesk;
import java.util.List;
import java.util.Map;

/** The task list of the technician's page. */
public final class SetupListApi implements HttpService {
    private final HttpPages pages;
    private final Doctor doctor;
    private final RehearsalDesk rehearsals;
    private final SetupMarks marks;

    public SetupListApi(
            HttpPages pages, Doctor doctor, RehearsalDesk rehearsals, SetupMarks marks) {
        this.pages = pages;
        this.doctor = doctor;
        this.rehearsals = rehearsals;
        this.marks = marks;
    }

    /** A task in a reader's language. */
    public record Shown(
            SetupTask task, SetupSteps.State state, String title, String hint, String page) {}

    @Override
    public void routing(HttpRules rules) {
        rules.get(
                "/api/technician/setup",
                pages.api(Access.roles(StaffRoster.TECHNICIAN, StaffRoster.PROCTOR), this::list));
    }

    private Reply list(Visit visit) {
        List<Shown> shown =
                SetupSteps.of(
                                doctor.quick(),
                                rehearsals.last(),
                                rehearsals.objection().isEmpty(),
                                marks.read())
                        .stream()
                        .map(step -> shown(step, visit))
                        .toList();
        return Reply.json(Map.of("tasks", shown)).header("Cache-Control", "no-store");
    }

    private static Shown shown(SetupSteps.Step step, Visit visit) {
        return new Shown(
                step.task(),
                step.state(),
                visit.texts().of("setup.task", step.task()),
                step.state() == SetupSteps.State.DONE
                        ? ""
                        : visit.texts().of("setup.hint", step.task()),
                step.task().page());
    }
}
