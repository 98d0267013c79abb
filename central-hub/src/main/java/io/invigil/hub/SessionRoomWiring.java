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
import java.time.Clock;

/** Puts together class sessions that room servers hold; the fleet's packages carry them. */
final class SessionRoomWiring {
    private SessionRoomWiring() {}

    /** Their pages. */
    static HttpService pages(
            HubParts parts, StaffDesk desk, Fleet fleet, Packages packages, KeyReleases releases) {
        Classes classes =
                new Classes(parts.clock(), new Teachers(new StaffOffice(parts.accounts())));
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
        return new SessionRoomPages(
                desk,
                sessions,
                new Attendances(parts.clock(), classes),
                rooms,
                grades(parts.clock()),
                releases);
    }

    static SessionGrades grades(Clock clock) {
        Plans plans = new Plans();
        Marking marking = new Marking(clock, new Papers(clock, plans), plans);
        return new SessionGrades(new Scores(clock, marking, new Reviews(clock, marking), plans));
    }
}
