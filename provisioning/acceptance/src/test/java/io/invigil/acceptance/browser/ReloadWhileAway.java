package io.invigil.acceptance.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.invigil.provisioning.demo.SampleExam;
import io.invigil.testkit.browser.Journey;
import java.util.List;

/** A page that is loaded anew, or in a browser started anew, while the node cannot be reached. */
final class ReloadWhileAway {
    private static final String UNREACHABLE = "#save-state[data-tone=unreachable]";
    private static final String BEFORE = "断网之前";

    private final CabledRoom day;

    ReloadWhileAway(CabledRoom day) {
        this.day = day;
    }

    /** Returns the machine with the node back and everything saved. */
    Page loadedAnewAndMergedOnce(SampleExam.Seat seat, String text) {
        CandidateDesk desk = new CandidateDesk(day.journey.machine("zh-CN", ColorScheme.LIGHT));
        desk.login(day.overTheCable, seat);
        desk.takeOver();
        String essay = desk.open("textarea");
        desk.type(essay, BEFORE);
        desk.awaitSaved();
        desk.awaitKept();
        day.cable.unplug();
        desk.reload();
        assertThat(Journey.visible(desk.page(), "#kept-shown").innerText()).contains("由本机打开");
        assertThat(desk.shown(List.of(essay)).get(essay)).containsExactly(BEFORE);
        desk.open("textarea");
        desk.type(essay, text);
        Journey.visible(desk.page(), UNREACHABLE);
        day.journey.picture(desk.page(), "loaded-anew-while-away");

        CandidateDesk after = new CandidateDesk(startedAnew(desk.page(), seat));
        assertThat(after.shown(List.of(essay)).get(essay)).containsExactly(text);
        day.cable.plug();
        after.awaitSaved();
        Journey.gone(after.page(), "#kept-shown");
        assertThat(after.keptOnTheMachine()).isEmpty();
        List<String> files = after.kept().stream().filter(name -> name.startsWith("/")).toList();
        assertThat(files).isNotEmpty().allMatch(name -> name.startsWith("/assets/"));

        after.reload();
        assertThat(after.shown(List.of(essay)).get(essay)).containsExactly(text);
        after.open("textarea");
        after.page().click("#history-open");
        Journey.visible(after.page(), "#history-dialog[open] .history-text");
        List<String> earlier =
                after.page().locator("#history-dialog .history-text").allInnerTexts();
        assertThat(earlier).as("merged once").containsOnlyOnce(BEFORE);
        after.page().keyboard().press("Escape");
        after.awaitKept();
        return after.page();
    }

    private Page startedAnew(Page old, SampleExam.Seat seat) {
        Page again = old.context().newPage();
        old.close();
        again.navigate(day.overTheCable + "/login");
        Journey.visible(again, "#gate-pin");
        assertThat(again.isVisible("#exam")).isFalse();
        again.fill("#gate-pin", seat.pin().equals("000000") ? "000001" : "000000");
        again.keyboard().press("Enter");
        Journey.visible(again, "#gate-said:not([hidden])");
        assertThat(again.isVisible("#exam")).isFalse();
        day.journey.picture(again, "who-was-there");
        again.fill("#gate-pin", seat.pin());
        again.keyboard().press("Enter");
        Journey.visible(again, "#exam .item:not([hidden])");
        return again;
    }

    /** What was kept is gone before the next person's first page opens. */
    void somebodyElseAtThisMachineSeesNothingOfIt(Page machine, SampleExam.Seat seat, String text) {
        CandidateDesk other = new CandidateDesk(machine);
        other.login(day.overTheCable, seat);
        assertThat(other.kept()).isEmpty();
        day.cable.unplug();
        Page empty = machine.context().newPage();
        assertThat(empty.navigate(day.overTheCable + "/exam").status()).isEqualTo(503);
        assertThat(empty.innerText("body")).contains("考场服务器暂时无法连接");
        empty.close();
        day.cable.plug();
        machine.navigate(day.overTheCable + "/exam");
        other.takeOver();
        other.awaitKept();
        String essay = other.open("textarea");
        String own = other.shown(List.of(essay)).get(essay).getFirst();
        day.cable.unplug();
        other.reload();
        Journey.visible(machine, "#kept-shown");
        assertThat(other.shown(List.of(essay)).get(essay)).containsExactly(own);
        assertThat(machine.content()).doesNotContain(text);
        day.cable.plug();
        Journey.gone(machine, "#kept-shown");
    }
}
