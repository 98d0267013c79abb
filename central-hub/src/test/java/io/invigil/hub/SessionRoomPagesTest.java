package io.invigil.hub;

import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.hub.fleet.FleetDirectory;
import io.invigil.hub.fleet.TestBox;
import io.invigil.hub.organisation.StaffScope;
import io.invigil.hub.pack.PackageRegister;
import io.invigil.hub.paper.PaperDecision;
import io.invigil.hub.paper.Papers;
import io.invigil.hub.paper.sample.SampleQti;
import io.invigil.hub.plan.Plans;
import io.invigil.hub.session.Sessions;
import io.invigil.hub.site.SiteId;
import io.invigil.protocol.fact.NodeId;
import io.invigil.testkit.HttpsBrowser;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** Domain section 9, S0 section 7 over HTTPS: a teacher gives a comprehensive test to a room. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SessionRoomPagesTest {
    @TempDir static Path directory;
    private RunningHub running;
    private HttpsBrowser teacher;
    private HttpsBrowser clerk;
    private String page;
    private String paper;

    @BeforeAll
    void start() throws Exception {
        running = RunningHub.beforeTheExam(directory.resolve("hub"));
        teacher = running.person(running.courses.teacher.login());
        clerk = running.person("clerk");
        SiteId site = new SiteId(Long.parseLong(running.samples.get("site")));
        var parts = running.hub.parts();
        FleetDirectory nodes =
                new FleetDirectory(
                        parts.database(),
                        parts.tenant(),
                        parts.realm().realm(),
                        new PackageRegister(parts.tenant())::examsOf);
        new TestBox(
                        parts.database(),
                        parts.tenant(),
                        parts.realm(),
                        running.hub.fleet().fleet(),
                        nodes,
                        parts.clock())
                .enrol(running.world.body, new NodeId("class-room"), site);
        clerk.post("/room-staff/" + site, "login", "proctor", "name", "监考一", "role", "PROCTOR");
        StaffScope by = running.courses.teacher;
        long id =
                running.courses.saved(
                        tx -> {
                            Sessions sessions =
                                    new Sessions(parts.clock(), running.courses.classes);
                            var from = parts.clock().instant().plus(Duration.ofHours(20));
                            return sessions.add(
                                    tx,
                                    by,
                                    running.courses.place(tx),
                                    new Sessions.Draft(
                                            Optional.of(from),
                                            Optional.of(from.plus(Duration.ofHours(3))),
                                            3,
                                            true));
                        });
        page = "/sessions/" + id + "/room";
        paper = importPaper();
    }

    private String importPaper() throws Exception {
        Path zip = directory.resolve("paper.zip");
        Files.write(zip, SampleQti.zip(SampleQti.SamplePaper.THEORY, SampleQti.Version.V3_0));
        var parts = running.hub.parts();
        var subject = running.courses.tx(tx -> running.courses.place(tx).course().subject().id());
        PaperDecision made =
                new Papers(parts.clock(), new Plans())
                        .importPackage(parts.database(), running.world.body, subject, "s.zip", zip);
        return ((PaperDecision.Accepted) made).version().id().toString();
    }

    @AfterAll
    void stop() {
        running.close();
    }

    private HttpResponse<String> publish(String seats) {
        return teacher.post(
                page,
                "node",
                "class-room",
                "room",
                "301",
                "seats",
                seats,
                "paper",
                paper,
                "minutes",
                "150",
                "results",
                "AFTER_REVIEW");
    }

    @Test
    @Order(1)
    void theFormNamesServersAndFreePapersAndSaysWhatIsWrong() {
        assertThat(teacher.get(page).body()).contains("class-room", "无需排考", "150");
        HttpResponse<String> wrong = publish("1");
        assertThat(wrong.statusCode()).isEqualTo(422);
        assertThat(wrong.body()).contains("座位数须为 3–500");
    }

    @Test
    @Order(2)
    void publishingSeatsTheClassAndShowsNumbersToThoseWhoHoldTheTestAlone() {
        publish("30");
        assertThat(teacher.get(page).body())
                .contains("3 人，发布于", "准考证号", "密码", "更改并重新发布", "试卷须由两人批准放行");
        HttpsBrowser unit = running.person(running.courses.unit.login());
        assertThat(unit.get(page).body()).contains("3 人，发布于").doesNotContain("密码", "批准放行</button>");
        assertThat(running.person("other").get(page).statusCode()).isEqualTo(404);
        publish("31");
        assertThat(teacher.get(page).body()).contains("value=\"31\"");
    }

    @Test
    @Order(3)
    void twoPeopleReleaseAndEveryLookAtTheCodeIsAsked() {
        teacher.post(page + "/approve");
        assertThat(teacher.get(page).body()).doesNotContain("立即放行");
        clerk.post(page + "/approve");
        assertThat(teacher.get(page).body()).contains("立即放行");
        assertThat(teacher.post(page + "/code").body()).contains("id=\"release-code\"");
    }
}
