package io.invigil.exam.pack;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Who sits what, where, at one node in one slot. Travels sealed to the node: it is the only part
 * that holds names and ID numbers.
 *
 * @param exam name of the package, unique in the realm: {@code [A-Za-z0-9-]{1,40}}
 * @param zone IANA zone in which times are shown, such as {@code Asia/Shanghai}
 * @param keys shared with the hub; empty in packages of a hub that gave none
 */
public record Roster(
        String exam,
        String planNumber,
        String planName,
        String zone,
        Instant slotStart,
        Instant slotEnd,
        List<Room> rooms,
        List<Subject> subjects,
        List<Entry> entries,
        List<Staff> staff,
        Optional<RosterKeys> keys) {
    public static final int ENTRIES_MAX = 2000;

    public Roster {
        rooms = List.copyOf(rooms);
        subjects = List.copyOf(subjects);
        entries = List.copyOf(entries);
        staff = List.copyOf(staff);
        keys = keys == null ? Optional.empty() : keys;
        if (entries.size() > ENTRIES_MAX) {
            throw new IllegalArgumentException("a roster has at most " + ENTRIES_MAX + " entries");
        }
    }

    /** A room of the site; seats are numbered from 1. */
    public record Room(String name, String address, int seats, int columns) {}

    /**
     * @param paper name of the paper part in the package
     * @param certificate certificate with its level, as printed
     */
    public record Subject(
            String number, String name, String certificate, String paper, int minutes) {}

    /**
     * One candidate's sitting of one subject.
     *
     * @param sitting the hub's number of this sitting
     * @param pin six digits of the desk sticker
     * @param photo hex SHA-256 of the photo part, or empty text when there is none
     * @param byEye the candidate declined to be compared by a machine; empty in packages that know
     *     nothing of it
     */
    public record Entry(
            long sitting,
            String candidateNumber,
            String admissionNumber,
            String idNumber,
            String name,
            String gender,
            String school,
            String room,
            int seat,
            String subject,
            int extraMinutes,
            String pin,
            String photo,
            Optional<Boolean> byEye) {
        public Entry {
            byEye = byEye == null ? Optional.empty() : byEye;
        }

        /** Whether no machine may compare this candidate's face. */
        public boolean onlyByEye() {
            return byEye.orElse(false);
        }
    }

    /**
     * @param role {@code PROCTOR} or {@code TECHNICIAN}
     * @param passwordHash Argon2id in PHC text form
     */
    public record Staff(String login, String name, String role, String passwordHash) {}
}
