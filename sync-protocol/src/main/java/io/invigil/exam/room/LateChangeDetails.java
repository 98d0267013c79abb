package io.invigil.exam.room;

/**
 * What a room knows of a late change beyond words, so that the centre need not read it out of a
 * sentence. Empty text and 0 stand for "not said"; ID numbers and names do not belong here (XSP/1
 * section 12).
 *
 * @param person candidate or admission number of an extra candidate, number of a stand-in proctor
 * @param room where it is: the extra candidate's, the other room of a swap, the stand-in's
 * @param seat in that room
 * @param subject number of the subject that an extra candidate sits
 * @param replaces number or login of the proctor whom a stand-in replaces
 */
public record LateChangeDetails(
        String person, String room, int seat, String subject, String replaces) {
    public static final int CHARS_MAX = 100;
    public static final int SEAT_MAX = 9_999;

    /** Nothing but the words. */
    public static final LateChangeDetails NONE = new LateChangeDetails("", "", 0, "", "");

    public LateChangeDetails {
        person = person == null ? "" : person.strip();
        room = room == null ? "" : room.strip();
        subject = subject == null ? "" : subject.strip();
        replaces = replaces == null ? "" : replaces.strip();
    }

    /** Whether every part is of a size that a fact takes. */
    public boolean fits() {
        return person.length() <= CHARS_MAX
                && room.length() <= CHARS_MAX
                && subject.length() <= CHARS_MAX
                && replaces.length() <= CHARS_MAX
                && seat >= 0
                && seat <= SEAT_MAX;
    }
}
