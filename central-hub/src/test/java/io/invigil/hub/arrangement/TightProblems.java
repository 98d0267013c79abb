package io.invigil.hub.arrangement;

import io.invigil.hub.organisation.OrganisationId;
import io.invigil.hub.plan.ExamMode;
import io.invigil.hub.plan.Slot;
import io.invigil.hub.plan.Subject;
import io.invigil.hub.plan.SubjectId;
import io.invigil.hub.site.Room;
import io.invigil.hub.site.SiteId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** Large problems by seed: schools with own sites, some borrowing, mixed modes, tight rooms. */
final class TightProblems {
    private TightProblems() {}

    /**
     * Registrations of two subjects each over as many schools as sites; every tenth school has no
     * room and borrows at its neighbour's site; rooms are for one mode, the other or both; slots of
     * the two subjects partly overlap.
     *
     * @param fill how full the seats are, such as 0.985
     */
    static ArrangementProblem of(int registrations, int sites, double fill, long seed) {
        Random random = new Random(seed);
        Map<SubjectId, Subject> subjects =
                ArrangementProblems.subjects(
                        ArrangementProblems.subject(1, ExamMode.COMPUTER, 60, 1),
                        ArrangementProblems.subject(2, ExamMode.PRACTICAL, 90, 1));
        List<Slot> slots =
                List.of(
                        ArrangementProblems.slot(1, 0, 90, 1),
                        ArrangementProblems.slot(2, 60, 150, 2),
                        ArrangementProblems.slot(3, 180, 270, 1),
                        ArrangementProblems.slot(4, 240, 330, 2),
                        ArrangementProblems.slot(5, 360, 450, 1),
                        ArrangementProblems.slot(6, 450, 540, 2));
        int candidates = registrations / 2;
        int[] ofSite = new int[sites];
        List<WantedSitting> wanted = new ArrayList<>(registrations);
        Map<OrganisationId, Set<SiteId>> sitesOf = new HashMap<>();
        for (int school = 0; school < sites; school++) {
            Set<SiteId> own = new HashSet<>();
            boolean borrows = school % 10 == 9;
            own.add(new SiteId((borrows ? school - 1 : school) + 1L));
            sitesOf.put(new OrganisationId(school + 1L), own);
        }
        for (int candidate = 0; candidate < candidates; candidate++) {
            int school = candidate % sites;
            ofSite[school % 10 == 9 ? school - 1 : school]++;
            for (int subject = 1; subject <= 2; subject++) {
                wanted.add(
                        ArrangementProblems.wanted(
                                wanted.size() + 1, candidate + 1, school + 1, subject));
            }
        }
        List<Room> rooms = new ArrayList<>();
        for (int site = 0; site < sites; site++) {
            addRooms(rooms, site + 1, seats(ofSite[site], fill), random);
        }
        return new ArrangementProblem(wanted, subjects, slots, rooms, sitesOf, List.of());
    }

    /** Three slots per subject: seats of each kind that are just enough. */
    private static int seats(int candidates, double fill) {
        return (int) Math.ceil(candidates / 3.0 / fill);
    }

    private static void addRooms(List<Room> rooms, int site, int seats, Random random) {
        for (ExamMode mode : List.of(ExamMode.COMPUTER, ExamMode.PRACTICAL)) {
            int open = seats;
            while (open > 0) {
                int size = Math.min(open, 40 + random.nextInt(21));
                rooms.add(ArrangementProblems.room(rooms.size() + 1, site, size, Set.of(mode), 1L));
                open -= size;
            }
        }
    }

    /** Seats over all slots in which the subject of the room's mode is sat. */
    static double fill(ArrangementProblem problem) {
        long seats = problem.rooms().stream().mapToLong(Room::usableSeats).sum() * 3;
        return (double) problem.wanted().size() / seats;
    }
}
