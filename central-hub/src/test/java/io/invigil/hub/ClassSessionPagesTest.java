package io.invigil.hub;

import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.hub.candidate.Candidate;
import io.invigil.hub.candidate.Candidates;
import io.invigil.testkit.HttpsBrowser;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** Domain section 9, S0 sections 1 to 5 over HTTPS: the screen, the phones, the hand, the mark. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ClassSessionPagesTest {
    private static final Pattern CODE = Pattern.compile("class=\"session-code\">([0-9A-Z]{8})<");

    @TempDir static Path directory;
    private RunningHub running;
    private HttpsBrowser teacher;
    private HttpsBrowser clerk;
    private String session;

    @BeforeAll
    void start() {
        running = new RunningHub(directory);
        teacher = running.person(running.courses.teacher.login());
        clerk = running.person("clerk");
        session = "/sessions/" + running.samples.get("session");
    }

    @AfterAll
    void stop() {
        running.close();
    }

    private Candidate student(int at) {
        var id = running.courses.students.get(at);
        return running.courses.tx(
                tx -> new Candidates().find(tx, running.world.tenant, id).orElseThrow());
    }

    private String code() {
        Matcher found = CODE.matcher(teacher.get(session + "/code").body());
        assertThat(found.find()).isTrue();
        return found.group(1);
    }

    private String address(String code) {
        return "/s/" + running.samples.get("session") + "?code=" + code;
    }

    private HttpResponse<String> checkIn(HttpsBrowser phone, String code, Candidate who) {
        return phone.post(
                address("").replace("?code=", ""),
                "code",
                code,
                "number",
                who.number(),
                "last-four",
                who.idNumber().substring(14),
                "action",
                "come");
    }

    @Test
    @Order(1)
    void aPhoneInFrontOfTheScreenChecksInItsOwnStudentAndNobodyElse() {
        assertThat(teacher.get(session + "/screen").body()).contains("<svg", "hx-get=");
        String code = code();
        HttpsBrowser phone = running.stranger();
        assertThat(phone.get(address(code)).body()).contains("准考证号或考生编号");
        assertThat(checkIn(phone, "ZZZZZZZZ", student(0)).body()).contains("二维码不属于本次课");
        assertThat(checkIn(phone, code, student(0)).body()).contains("签到成功");
        assertThat(checkIn(phone, code, student(0)).body()).contains("签到成功");
        HttpResponse<String> friend = checkIn(phone, code, student(1));
        assertThat(friend.statusCode()).isEqualTo(422);
        assertThat(friend.body()).contains("本手机已绑定另一名学员");
        HttpsBrowser another = running.stranger();
        another.get(address(code));
        assertThat(checkIn(another, code, student(0)).body()).contains("您已绑定另一部手机");
        assertThat(teacher.get(session + "/code").body()).contains("已签到 1 / 3");
    }

    @Test
    @Order(2)
    void aPhoneThatKeepsNoCookieIsToldSo() {
        HttpsBrowser phone = running.stranger();
        // never opened the page, so it carries nothing that makes it known again
        assertThat(checkIn(phone, code(), student(2)).body()).contains("禁用了 Cookie");
        assertThat(teacher.get(session).body()).contains(student(2).name());
    }

    @Test
    @Order(3)
    void aCorrectionByHandNeedsAReasonAndOnlyCollegeStaffUnbind() {
        String id = student(1).id().toString();
        HttpResponse<String> silent =
                teacher.post(
                        session + "/presence", "student", id, "state", "PRESENT", "reason", " ");
        assertThat(silent.statusCode()).isEqualTo(422);
        assertThat(silent.body()).contains("请填写原因");
        teacher.post(session + "/presence", "student", id, "state", "PRESENT", "reason", "手机没电");
        assertThat(teacher.get(session).body()).contains("手机没电").doesNotContain("解绑");
        assertThat(clerk.get(session).body()).contains("解绑");
        clerk.post(session + "/unbind", "student", student(0).id().toString());
        assertThat(clerk.get(session).body()).doesNotContain("解绑 " + student(0).name());
    }

    @Test
    @Order(4)
    void hoursStayWhileTheSessionIsNotOverAndNoMarkIsShownYet() {
        assertThat(teacher.post(session + "/zero").body()).contains("结课后才能将学时修改为 0");
        String course = "/courses/" + running.samples.get("course");
        assertThat(teacher.get(course).body()).contains("考勤成绩", student(0).name());
        assertThat(teacher.get(course + "/students/" + student(0).id()).body())
                .contains("还没有结课的面授记录");
    }

    @Test
    @Order(5)
    void theUnitReportsAnErrorThatTheCollegeSees() {
        HttpsBrowser unit = running.person(running.courses.unit.login());
        String one = "/classes/" + running.samples.get("class");
        assertThat(unit.get(one).body()).contains("核查无误", "报告错误");
        unit.post(one + "/check", "verdict", "wrong", "statement", "缺一名学员");
        assertThat(clerk.get(one).body()).contains("有误待更正", "缺一名学员");
        assertThat(clerk.get("/classes?state=ERROR").body()).contains("机电一班");
    }

    @Test
    @Order(6)
    void aTeacherEntersAndSeesSessionsOfTheAssignedCourseAndNothingElse() {
        assertThat(teacher.get("/classes").body()).contains("机电一班");
        assertThat(teacher.get("/candidates").statusCode()).isEqualTo(403);
        HttpResponse<String> taken =
                teacher.post(
                        "/courses/" + running.samples.get("course") + "/sessions",
                        "date",
                        "2026-11-20",
                        "from",
                        "13:00",
                        "to",
                        "14:00",
                        "hours",
                        "1");
        assertThat(taken.statusCode()).isEqualTo(422);
        assertThat(taken.body()).contains("该班级此时已有面授课");
    }
}
