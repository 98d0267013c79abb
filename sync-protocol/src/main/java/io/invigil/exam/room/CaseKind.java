package io.invigil.exam.room;

/**
 * The emergency table (S1, section 5) as kinds of cases, and the candidate's call for help (ours).
 * Owner and minutes are what the table suggests and what a case starts with; the facts carry what
 * was in force.
 */
public enum CaseKind {
    /** 无法登陆：密码错误、账户锁定、站点选错. */
    LOGIN(Owner.PROCTOR, 5),
    /** 检测非活体：调整角度，避免反光. */
    NOT_LIVE(Owner.PROCTOR, 5),
    /** 录入太快导致模糊：解绑人脸，重新录入. */
    BLURRED_CAPTURE(Owner.PROCTOR, 10),
    /** 无法提交试卷或提交后成绩显示为 0. */
    CANNOT_SUBMIT(Owner.TECHNICIAN, 15),
    /** 异常退出无法考试：说明与截图，审核通过后补考. */
    ABNORMAL_EXIT(Owner.CENTRE, 24 * 60),
    HELP(Owner.PROCTOR, 3),
    /** The proctors call the centre (ours). */
    CALL_CENTRE(Owner.CENTRE, 5);

    private final Owner owner;
    private final int minutes;

    CaseKind(Owner owner, int minutes) {
        this.owner = owner;
        this.minutes = minutes;
    }

    /** Who has to act. */
    public enum Owner {
        PROCTOR,
        TECHNICIAN,
        CENTRE
    }

    /** How it ended. */
    public enum Outcome {
        SOLVED,
        /** The candidate may ask for another sitting (补考). */
        MAKE_UP_ADVISED,
        REFUSED
    }

    public Owner owner() {
        return owner;
    }

    public int minutes() {
        return minutes;
    }
}
