package io.invigil.site.proctoring;

import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.invigil.appliance.web.Access;
import io.invigil.appliance.web.HttpPages;
import io.invigil.appliance.web.Reply;
import io.invigil.appliance.web.Visit;
import io.invigil.exam.pack.Roster;
import io.invigil.exam.pack.RosterKeys;
import io.invigil.exam.pack.SittingHolder;
import io.invigil.site.attendance.StaffRoster;
import io.invigil.site.pack.ActivePackages;
import io.invigil.site.pack.ExamPackage;
import io.invigil.site.room.RoomEngine;
import io.invigil.site.web.Refusals;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The code by which two proctors tell the centre, by telephone, that this node gave a sitting up
 * (domain, section 11). Shown only once the release is durable; each account sees one half, ever:
 * the proctors of the package in the order of their logins see the first and the second in turn.
 */
public final class HandoverApi implements HttpService {
    private final HttpPages pages;
    private final ActivePackages packages;
    private final RoomEngine engine;

    public HandoverApi(HttpPages pages, ActivePackages packages, RoomEngine engine) {
        this.pages = pages;
        this.packages = packages;
        this.engine = engine;
    }

    @Override
    public void routing(HttpRules rules) {
        rules
                // this account's half of the code of a released sitting
                .get(
                "/api/room/{exam}/handover/{sitting}",
                pages.api(Access.roles(StaffRoster.PROCTOR), this::half));
    }

    private Reply half(Visit visit) {
        Optional<ActivePackages.Listed> listed =
                packages.sitting(visit.pathNumber("sitting"))
                        .filter(l -> l.exam().exam().equals(visit.path("exam")));
        if (listed.isEmpty()) {
            return Refusals.of(visit, 404, "SITTING_UNKNOWN");
        }
        long sitting = listed.get().entry().sitting();
        // the published state: what it says is on the disks
        if (!engine.state().sitting(sitting).attendance().released()) {
            return Refusals.of(visit, 409, "HANDOVER_NOT_RELEASED");
        }
        ExamPackage exam = listed.get().exam();
        Optional<byte[]> key = exam.roster().keys().flatMap(RosterKeys::handoverKey);
        int place = place(exam.roster(), visit.person().login());
        if (key.isEmpty() || place < 0) {
            return Refusals.of(visit, 409, "HANDOVER_NO_CODE");
        }
        int half = 1 + place % 2;
        String code = SittingHolder.handoverCode(key.get(), exam.exam(), sitting).half(half);
        return Reply.json(Map.of("sitting", sitting, "half", half, "code", code))
                .header("Cache-Control", "no-store");
    }

    /** Among the proctors of the package; -1 for anybody else. */
    private static int place(Roster roster, String login) {
        List<String> logins =
                roster.staff().stream()
                        .filter(staff -> staff.role().equals("PROCTOR"))
                        .map(Roster.Staff::login)
                        .sorted()
                        .toList();
        return logins.indexOf(login);
    }
}
