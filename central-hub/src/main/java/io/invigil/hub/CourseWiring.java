package io.invigil.hub;

import io.helidon.webserver.http.HttpService;
import io.invigil.appliance.layout.NavItem;
import io.invigil.hub.course.ClassData;
import io.invigil.hub.course.ClassDataPages;
import io.invigil.hub.course.ClassPages;
import io.invigil.hub.course.Classes;
import io.invigil.hub.course.TeacherPages;
import io.invigil.hub.course.Teachers;
import io.invigil.hub.office.StaffOffice;
import io.invigil.hub.organisation.StaffDesk;
import io.invigil.hub.session.Attendances;
import io.invigil.hub.session.CourseSessionPages;
import io.invigil.hub.session.PhoneDesk;
import io.invigil.hub.session.PhonePages;
import io.invigil.hub.session.SessionPages;
import io.invigil.hub.session.Sessions;
import java.util.List;

/** Puts together teachers, classes and their sessions. */
final class CourseWiring implements FeatureWiring {
    /** Message bundles of these features. */
    static final List<String> MESSAGES = List.of("course", "session", "sessionroom");

    private final HubParts parts;
    private final Teachers teachers;
    private final Classes classes;
    private final Sessions sessions;
    private final Attendances attendances;
    private final PhoneDesk phones;

    private CourseWiring(HubParts parts) {
        this.parts = parts;
        this.teachers = new Teachers(new StaffOffice(parts.accounts()));
        this.classes = new Classes(parts.clock(), teachers);
        this.sessions = new Sessions(parts.clock(), classes);
        this.attendances = new Attendances(parts.clock(), classes);
        this.phones =
                new PhoneDesk(
                        parts.database(),
                        parts.tenant(),
                        sessions,
                        attendances,
                        classes,
                        parts.dataKey().derive("class-session-codes"),
                        parts.clock());
    }

    static CourseWiring of(HubParts parts) {
        return new CourseWiring(parts);
    }

    /** Entries of the main navigation. */
    static List<NavItem> navigation() {
        return List.of(
                NavItem.of(
                        "course.nav",
                        "/classes",
                        "school-clerk",
                        "unit-staff",
                        "college-staff",
                        "teacher",
                        "authority-reader"),
                NavItem.of("session.nav", "/sessions", "unit-staff", "college-staff", "teacher"));
    }

    @Override
    public List<HttpService> routes() {
        StaffDesk desk =
                new StaffDesk(
                        parts.pages(),
                        parts.database(),
                        parts.templates(),
                        parts.data().directory("uploads"));
        return List.of(
                new TeacherPages(desk, teachers, parts.publicUrl()),
                new ClassPages(desk, classes, teachers),
                new ClassDataPages(desk, classes, new ClassData(classes)),
                new CourseSessionPages(
                        desk,
                        classes,
                        sessions,
                        attendances,
                        SessionRoomWiring.grades(parts.clock())::marks),
                new SessionPages(desk, sessions, attendances, phones, parts.publicUrl()),
                new PhonePages(parts.pages(), parts.templates(), phones, parts.entropy()));
    }
}
