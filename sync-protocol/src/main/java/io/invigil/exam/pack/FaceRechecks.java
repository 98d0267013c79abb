package io.invigil.exam.pack;

/**
 * Checks of the face while the test is on (S0, section 7: 不定时进行人脸识别).
 *
 * @param everyMinutes a check comes at a random moment between half of this and one and a half of
 *     it after the last one; 0 for no random checks
 * @param afterLeaving whether coming back to the page is one more moment to check
 */
public record FaceRechecks(int everyMinutes, boolean afterLeaving) {
    public static final int EVERY_MINUTES_MIN = 2;
    public static final int EVERY_MINUTES_MAX = 240;

    /** Nobody is checked after the start. */
    public static final FaceRechecks OFF = new FaceRechecks(0, false);

    public FaceRechecks {
        if (!isInterval(everyMinutes)) {
            throw new IllegalArgumentException("no interval of face checks: " + everyMinutes);
        }
    }

    /** Whether checks can be this many minutes apart; 0 stands for none. */
    public static boolean isInterval(int minutes) {
        return minutes == 0 || minutes >= EVERY_MINUTES_MIN && minutes <= EVERY_MINUTES_MAX;
    }

    /** Whether any check can come. */
    public boolean any() {
        return everyMinutes > 0 || afterLeaving;
    }
}
