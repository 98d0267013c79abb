package io.invigil.exam.pack;

/**
 * How one leaves by one's own code (domain section 9; S0 section 5: 下课后 15 分钟内完成签退). When one may
 * come is {@link ExamPolicy#checkInOpensMinutesBefore()}.
 *
 * @param checkOutMinutes minutes after the end, both ends included; afterwards only by hand with a
 *     reason
 * @param handInLeaves whether handing in counts as leaving
 */
public record AttendanceWindows(int checkOutMinutes, boolean handInLeaves) {
    public static final int MINUTES_MAX = 240;

    /** What the source says of a class, with hand-in as leaving for a test. */
    public static final AttendanceWindows STANDARD = new AttendanceWindows(15, true);

    public AttendanceWindows {
        if (checkOutMinutes < 0 || checkOutMinutes > MINUTES_MAX) {
            throw new IllegalArgumentException("minutes to check out are out of range");
        }
    }
}
