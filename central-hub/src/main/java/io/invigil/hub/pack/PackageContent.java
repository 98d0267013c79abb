package io.invigil.hub.pack;

import io.invigil.exam.pack.ExamPolicy;
import io.invigil.exam.pack.Roster;
import io.invigil.hub.plan.Plan;
import io.invigil.hub.plan.Slot;
import io.invigil.protocol.manifest.PartKind;
import java.util.List;

/**
 * What goes into one package, in clear and as read in one transaction. Held in memory while the
 * package is made.
 *
 * @param entries the roster's entries without their photos
 * @param photos one per entry that has one
 * @param papers papers, keys and pictures, each a part of its own
 */
record PackageContent(
        Plan plan,
        Slot slot,
        ExamPolicy policy,
        List<Roster.Room> rooms,
        List<Roster.Subject> subjects,
        List<Roster.Entry> entries,
        List<Roster.Staff> staff,
        List<Clear> photos,
        List<Clear> papers) {

    PackageContent {
        rooms = List.copyOf(rooms);
        subjects = List.copyOf(subjects);
        entries = List.copyOf(entries);
        staff = List.copyOf(staff);
        photos = List.copyOf(photos);
        papers = List.copyOf(papers);
    }

    /** A part before it is sealed. */
    @SuppressWarnings("ArrayRecordComponent")
    record Clear(String name, PartKind kind, byte[] content) {}

    /** Name of the photo part of a sitting. */
    static String photoName(long sitting) {
        return "photo/" + sitting;
    }
}
