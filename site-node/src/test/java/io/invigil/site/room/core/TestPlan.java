package io.invigil.site.room.core;

import io.invigil.exam.pack.AttemptRules;
import io.invigil.exam.pack.AttendanceWindows;
import io.invigil.exam.pack.FaceRechecks;
import io.invigil.exam.pack.IdentityCheck;
import io.invigil.exam.pack.PageRules;
import java.util.Map;

/** A plan made step by step: one attempt and the usual windows unless a test says otherwise. */
public final class TestPlan {
    private final String exam;
    private final long slotStart;
    private final long slotEnd;
    private final Map<String, Integer> seats;
    private Map<Long, ExamPlan.Place> places;
    private long version = 1;
    private String digest = "digest-1";
    private int lateStartMinutes = 30;
    private IdentityCheck identity = IdentityCheck.OFF;
    private PageRules page = PageRules.NONE;
    private int checkInMinutes = 30;
    private AttendanceWindows attendance = AttendanceWindows.STANDARD;
    private AttemptRules attempts = AttemptRules.ONE;
    private FaceRechecks rechecks = FaceRechecks.OFF;

    public TestPlan(
            String exam,
            long slotStart,
            long slotEnd,
            Map<String, Integer> seats,
            Map<Long, ExamPlan.Place> places) {
        this.exam = exam;
        this.slotStart = slotStart;
        this.slotEnd = slotEnd;
        this.seats = seats;
        this.places = places;
    }

    /** The same as this plan, to be changed. */
    static TestPlan of(ExamPlan plan) {
        TestPlan same =
                new TestPlan(
                        plan.exam(),
                        plan.slotStartMillis(),
                        plan.slotEndMillis(),
                        plan.roomSeats(),
                        plan.places());
        same.digest = plan.manifestDigest();
        same.version = plan.version();
        return same.late(plan.lateStartMinutes())
                .identity(plan.identity())
                .page(plan.page())
                .windows(plan.checkInOpensMinutes(), plan.attendance())
                .attempts(plan.attempts())
                .rechecks(plan.rechecks());
    }

    TestPlan version(long number) {
        version = number;
        digest = "digest-" + number;
        return this;
    }

    public TestPlan late(int minutes) {
        lateStartMinutes = minutes;
        return this;
    }

    TestPlan places(Map<Long, ExamPlan.Place> others) {
        places = others;
        return this;
    }

    TestPlan identity(IdentityCheck check) {
        identity = check;
        return this;
    }

    TestPlan page(PageRules rules) {
        page = rules;
        return this;
    }

    TestPlan windows(int opensMinutes, AttendanceWindows windows) {
        checkInMinutes = opensMinutes;
        attendance = windows;
        return this;
    }

    TestPlan attempts(AttemptRules rules) {
        attempts = rules;
        return this;
    }

    TestPlan rechecks(FaceRechecks checks) {
        rechecks = checks;
        return this;
    }

    public ExamPlan plan() {
        return new ExamPlan(
                exam,
                version,
                digest,
                slotStart,
                slotEnd,
                lateStartMinutes,
                seats,
                places,
                identity,
                page,
                checkInMinutes,
                attendance,
                attempts,
                rechecks);
    }
}
