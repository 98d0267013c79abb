package io.invigil.testkit;

import io.invigil.exam.pack.AttemptRules;
import io.invigil.exam.pack.AttendanceWindows;
import io.invigil.exam.pack.ExamPolicy;
import io.invigil.exam.pack.ExamPolicy.ResultVisibility;
import io.invigil.exam.pack.FaceRechecks;
import io.invigil.exam.pack.IdentityCheck;
import io.invigil.exam.pack.PageRules;
import java.util.List;

/** The one place where tests make an {@link ExamPolicy}: a plain one, or those of the sources. */
public final class PolicyFixture {
    private int checkInOpens = 30;
    private int lateStart = 60;
    private ResultVisibility result = ResultVisibility.PROVISIONAL_AT_HAND_IN;
    private boolean openBook;
    private boolean autoPass = true;
    private IdentityCheck identity = IdentityCheck.OFF;
    private PageRules page = PageRules.RECORDED;
    private AttemptRules attempts = AttemptRules.ONE;
    private AttendanceWindows attendance = AttendanceWindows.STANDARD;
    private FaceRechecks rechecks = FaceRechecks.OFF;

    private PolicyFixture() {}

    /** Closed book, one attempt, the result at hand-in, leaving the page is recorded. */
    public static PolicyFixture plain() {
        return new PolicyFixture();
    }

    /** Source 000, part 3: closed book, one chance, result after marking. */
    public static PolicyFixture source000() {
        PolicyFixture policy = plain().result(ResultVisibility.AFTER_REVIEW);
        policy.checkInOpens = 15;
        policy.lateStart = 90;
        policy.autoPass = false;
        return policy;
    }

    /** Source 001, articles 3 and 4: open book, two chances, leaving the page uses one. */
    public static PolicyFixture source001() {
        PolicyFixture policy =
                plain().page(
                                new PageRules(
                                        PageRules.Leaving.USES_ATTEMPT,
                                        0,
                                        false,
                                        true,
                                        false,
                                        List.of()))
                        .attempts(new AttemptRules(2, AttemptRules.Counting.HIGHEST));
        policy.checkInOpens = 0;
        policy.lateStart = 120;
        policy.openBook = true;
        policy.autoPass = false;
        return policy;
    }

    public PolicyFixture result(ResultVisibility shown) {
        result = shown;
        return this;
    }

    public PolicyFixture identity(IdentityCheck check) {
        identity = check;
        return this;
    }

    public PolicyFixture page(PageRules rules) {
        page = rules;
        return this;
    }

    public PolicyFixture rechecks(FaceRechecks checks) {
        rechecks = checks;
        return this;
    }

    public PolicyFixture attempts(AttemptRules rules) {
        attempts = rules;
        return this;
    }

    public PolicyFixture attendance(AttendanceWindows windows) {
        attendance = windows;
        return this;
    }

    public ExamPolicy policy() {
        return new ExamPolicy(
                checkInOpens,
                lateStart,
                result,
                openBook,
                page.leaving() != PageRules.Leaving.IGNORED,
                autoPass,
                "<p>规则</p>",
                "<p>Rules</p>",
                identity,
                page,
                attempts,
                attendance,
                rechecks);
    }
}
