package io.invigil.hub.arrangement;

import io.invigil.hub.candidate.CandidateId;
import io.invigil.hub.organisation.OrganisationId;
import io.invigil.hub.organisation.TenantId;
import io.invigil.hub.plan.ExamMode;
import io.invigil.hub.plan.LevelId;
import io.invigil.hub.plan.PlanId;
import io.invigil.hub.plan.Slot;
import io.invigil.hub.plan.SlotId;
import io.invigil.hub.plan.Subject;
import io.invigil.hub.plan.SubjectId;
import io.invigil.hub.plan.Window;
import io.invigil.hub.registration.SittingId;
import io.invigil.hub.site.Room;
import io.invigil.hub.site.RoomId;
import io.invigil.hub.site.SiteId;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** Problems by hand and by seed. */
final class ArrangementProblems {
    static final TenantId TENANT = new TenantId(1);
    static final PlanId PLAN = new PlanId(1);
    static final Instant DAY = Instant.parse("2026-11-21T00:00:00Z");

    private ArrangementProblems() {}

    static Subject subject(long id, ExamMode mode, int minutes, long level) {
        return new Subject(
                TENANT,
                new SubjectId(id),
                PLAN,
                new LevelId(level),
                "S" + id,
                "科目" + id,
                mode,
                minutes,
                new BigDecimal("100"),
                new BigDecimal("60"),
                BigDecimal.ONE,
                Subject.EVERYBODY);
    }

    static Slot slot(long id, int startMinute, int endMinute, long... subjects) {
        List<SubjectId> ids = new ArrayList<>();
        for (long subject : subjects) {
            ids.add(new SubjectId(subject));
        }
        return new Slot(
                TENANT,
                new SlotId(id),
                PLAN,
                new Window(
                        DAY.plus(Duration.ofMinutes(startMinute)),
                        DAY.plus(Duration.ofMinutes(endMinute))),
                ids);
    }

    static Room room(long id, long site, int seats, Set<ExamMode> types, Long... levels) {
        Set<LevelId> hosted = new HashSet<>();
        for (Long level : levels) {
            hosted.add(new LevelId(level));
        }
        return new Room(
                TENANT,
                new RoomId(id),
                PLAN,
                new SiteId(site),
                "10" + id + "室",
                types,
                seats,
                6,
                "一号楼",
                hosted);
    }

    static WantedSitting wanted(long sitting, long candidate, long school, long subject) {
        return new WantedSitting(
                new SittingId(sitting),
                new CandidateId(candidate),
                new OrganisationId(school),
                new SubjectId(subject));
    }

    static Map<SubjectId, Subject> subjects(Subject... subjects) {
        Map<SubjectId, Subject> map = new HashMap<>();
        for (Subject subject : subjects) {
            map.put(subject.id(), subject);
        }
        return map;
    }

    static Map<OrganisationId, Set<SiteId>> sites(long school, long... sites) {
        Set<SiteId> ids = new HashSet<>();
        for (long site : sites) {
            ids.add(new SiteId(site));
        }
        return Map.of(new OrganisationId(school), ids);
    }

    /** A random plan of 1–3 schools; often tight, sometimes impossible. */
    static ArrangementProblem random(Random random) {
        int subjectCount = 1 + random.nextInt(4);
        ExamMode[] modes = ExamMode.values();
        Map<SubjectId, Subject> subjects = new HashMap<>();
        for (int at = 1; at <= subjectCount; at++) {
            Subject one =
                    subject(
                            at,
                            modes[random.nextInt(2)],
                            30 + 30 * random.nextInt(3),
                            1 + random.nextInt(2));
            subjects.put(one.id(), one);
        }
        List<Slot> slots = new ArrayList<>();
        int slotCount = 1 + random.nextInt(6);
        for (int at = 1; at <= slotCount; at++) {
            int start = 30 * random.nextInt(16);
            List<Long> hosted = new ArrayList<>();
            for (long subject = 1; subject <= subjectCount; subject++) {
                if (random.nextInt(3) > 0) {
                    hosted.add(subject);
                }
            }
            slots.add(
                    slot(
                            at,
                            start,
                            start + 60 + 30 * random.nextInt(3),
                            hosted.stream().mapToLong(Long::longValue).toArray()));
        }
        int schoolCount = 1 + random.nextInt(3);
        List<Room> rooms = new ArrayList<>();
        Map<OrganisationId, Set<SiteId>> sitesOf = new HashMap<>();
        for (int school = 1; school <= schoolCount; school++) {
            sitesOf.put(new OrganisationId(school), Set.of(new SiteId(school)));
            int roomCount = 1 + random.nextInt(3);
            for (int at = 0; at < roomCount; at++) {
                Set<ExamMode> types = EnumSet.of(modes[random.nextInt(2)]);
                types.add(modes[random.nextInt(2)]);
                Long[] levels = random.nextInt(4) == 0 ? new Long[] {1L} : new Long[] {1L, 2L};
                rooms.add(room(rooms.size() + 1, school, 2 + random.nextInt(9), types, levels));
            }
        }
        List<WantedSitting> wanted = new ArrayList<>();
        int candidates = 1 + random.nextInt(24);
        for (int candidate = 1; candidate <= candidates; candidate++) {
            long school = 1 + random.nextInt(schoolCount);
            for (long subject = 1; subject <= subjectCount; subject++) {
                if (random.nextInt(3) > 0) {
                    wanted.add(wanted(wanted.size() + 1, candidate, school, subject));
                }
            }
        }
        return new ArrangementProblem(wanted, subjects, slots, rooms, sitesOf, List.of());
    }
}
