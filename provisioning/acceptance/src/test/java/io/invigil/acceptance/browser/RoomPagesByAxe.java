package io.invigil.acceptance.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.invigil.provisioning.demo.SampleExam;
import io.invigil.testkit.browser.AxeWalk;
import io.invigil.testkit.browser.Journey;
import java.util.List;

/** The room's pages as candidate, at the entrance, as proctor and technician, and on a phone. */
final class RoomPagesByAxe {
    private final CabledRoom day;

    RoomPagesByAxe(CabledRoom day) {
        this.day = day;
    }

    /** Nothing serious or critical is found on any of them, in light and in dark. */
    void walk(SampleExam.Seat seat) {
        Page page = day.journey.machine("zh-CN", ColorScheme.LIGHT);
        AxeWalk candidate = new AxeWalk(page, day.room).visit("/", "/login", "/receipt");
        CandidateDesk desk = new CandidateDesk(page);
        desk.login(day.room, seat);
        candidate.look("take-over question");
        desk.takeOver();
        for (String control : List.of("input[type=radio]", "input[type=text]", "textarea")) {
            desk.open(control);
            candidate.look("item with " + control);
        }
        page.click("#hand-in-open");
        Journey.visible(page, "#hand-in-dialog[open]");
        candidate.look("hand-in question");

        Page staff = day.journey.machine("en-GB", ColorScheme.LIGHT);
        AxeWalk entrance = new AxeWalk(staff, day.room).visit("/staff", "/login");

        Page look = day.proctor.page();
        String exam = look.url().replaceFirst(".*/room/([^/]+).*", "/room/$1");
        AxeWalk proctors =
                new AxeWalk(look, day.room)
                        .visit(
                                "/room",
                                exam + "/identity",
                                exam + "/identity/" + seat.sitting(),
                                exam + "/late",
                                exam + "/screen",
                                "/technician",
                                "/technician/lab",
                                "/technician/rehearsal",
                                "/technician/cameras",
                                exam);
        Journey.visible(look, ".seat[data-sitting]");
        proctors.look("seat map");
        look.click(".seat[data-sitting='" + seat.sitting() + "']");
        Journey.visible(look, "#dialog[open]");
        proctors.look("seat dialog");
        look.keyboard().press("Escape");
        for (String dialog : List.of("message", "case", "change", "incident", "snapshots")) {
            // some stand under what is needed seldom
            look.evaluate("document.querySelector('.room-more').open = true");
            look.click(".room-tools [data-act=" + dialog + "]");
            Journey.visible(look, "#dialog[open]");
            proctors.look("dialog " + dialog);
            look.keyboard().press("Escape");
            Journey.gone(look, "#dialog[open]");
        }
        look.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
        look.evaluate("document.querySelector('.room-more').open = false");
        AxeWalk phone =
                new AxeWalk(
                        day.journey.machine("zh-CN", ColorScheme.LIGHT),
                        "http://localhost:" + day.node.httpPort());
        phone.visit("/check-in");
        assertThat(phone.found()).as("phone").isEmpty();
        assertThat(candidate.looks() + entrance.looks() + proctors.looks()).isGreaterThan(40);
        assertThat(candidate.found()).as("candidate").isEmpty();
        assertThat(entrance.found()).as("English entrance").isEmpty();
        assertThat(proctors.found()).as("proctor and technician").isEmpty();
    }
}
