package io.invigil.hub;

import io.helidon.webserver.http.HttpService;
import io.invigil.hub.course.Classes;
import io.invigil.hub.course.Teachers;
import io.invigil.hub.fleet.Fleet;
import io.invigil.hub.marking.Marking;
import io.invigil.hub.office.StaffOffice;
import io.invigil.hub.organisation.StaffDesk;
import io.invigil.hub.pack.KeyReleases;
import io.invigil.hub.pack.Packages;
import io.invigil.hub.paper.Papers;
import io.invigil.hub.plan.Plans;
import io.invigil.hub.review.Reviews;
import io.invigil.hub.score.Scores;
import io.invigil.hub.session.Attendances;
import io.invigil.hub.session.Sessions;
import io.invigil.hub.sessionroom.SessionGrades;
import io.invigil.hub.sessionroom.SessionRoomPages;
import io.invigil.hub.sessionroom.SessionRooms;
import io.invigil.hub.sessionroom.TeacherAccountPages;
import io.invigil.hub.sessionroom.TeacherAccounts;
import java.time.Clock;
import java.util.List;

/** Puts together class sessions that room servers hold; the fleet's packages carry them. */
final class SessionRoomWiring {
    private SessionRoomWiring() {}

    /** Their pages. */
    static List<HttpService> pages(
            HubParts parts, StaffDesk desk, Fleet fleet, Packages packages, KeyReleases releases) {
        Teachers teachers = new Teachers(new StaffOffice(parts.accounts()));
        TeacherAccounts accounts = new TeacherAccounts(parts.accounts(), teachers);
        Classes classes = new Classes(parts.clock(), teachers);
        Sessions sessions = new Sessions(parts.clock(), classes);
        SessionRooms rooms =
                new SessionRooms(
                        new SessionRooms.Parts(
                                parts.database(),
                                parts.clock(),
                                parts.entropy(),
                                fleet,
                                packages,
                                new Papers(parts.clock(), new Plans()),
                                sessions,
                                classes));
        return List.of(
                new SessionRoomPages(
                        desk,
                        sessions,
                        new Attendances(parts.clock(), classes),
                        rooms,
                        grades(parts.clock()),
                        releases,
                        accounts),
                new TeacherAccountPages(desk, sessions, accounts));
    }

    static SessionGrades grades(Clock clock) {
        Plans plans = new Plans();
        Marking marking = new Marking(clock, new Papers(clock, plans), plans);
        return new SessionGrades(new Scores(clock, marking, new Reviews(clock, marking), plans));
    }
}
