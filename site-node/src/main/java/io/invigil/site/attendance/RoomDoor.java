package io.invigil.site.attendance;

import io.helidon.webserver.http.Handler;
import io.invigil.appliance.web.Access;
import io.invigil.appliance.web.HttpPages;
import io.invigil.appliance.web.PageHandler;
import io.invigil.appliance.web.Reply;
import io.invigil.appliance.web.Visit;
import io.invigil.site.pack.ExamPackage;

/**
 * Who comes to the pages of a room: the site's proctors, and a stand-in to those of the own exam.
 * What a stand-in may do there is the room core's to say.
 */
public final class RoomDoor {
    /** Session attribute of a stand-in: the exam for which the account is good. */
    static final String EXAM = "stand-in-exam";

    private static final Access OPEN = Access.roles(StaffRoster.PROCTOR, StaffRoster.STAND_IN);

    private RoomDoor() {}

    /** A page whose path names an {@code {exam}}. */
    public static Handler page(HttpPages pages, PageHandler handler) {
        return pages.page(
                OPEN, visit -> isElsewhere(visit) ? Reply.notFound() : handler.handle(visit));
    }

    /** As above, for JSON. */
    public static Handler api(HttpPages pages, PageHandler handler) {
        return pages.api(
                OPEN, visit -> isElsewhere(visit) ? Reply.notFound() : handler.handle(visit));
    }

    /** A page of several exams, which asks {@link #mayRead} of each. */
    public static Handler listPage(HttpPages pages, PageHandler handler) {
        return pages.page(OPEN, handler);
    }

    /** As above, for JSON. */
    public static Handler listApi(HttpPages pages, PageHandler handler) {
        return pages.api(OPEN, handler);
    }

    /** Whether the exam is one that this person may look at. */
    public static boolean mayRead(Visit visit, String exam) {
        return visit.has(StaffRoster.PROCTOR) || exam.equals(visit.person().attributes().get(EXAM));
    }

    /** Whether a list shows the package: its own proctors' and its stand-in's. */
    public static boolean lists(Visit visit, ExamPackage pack) {
        return visit.has(StaffRoster.PROCTOR)
                ? StaffRoster.works(pack, visit.person())
                : mayRead(visit, pack.exam());
    }

    private static boolean isElsewhere(Visit visit) {
        return !mayRead(visit, visit.path("exam"));
    }
}
