package io.invigil.hub.pack;

import io.invigil.appliance.db.Tx;
import io.invigil.exam.pack.ExamPolicy;
import io.invigil.exam.pack.ExamPolicy.ResultVisibility;
import io.invigil.exam.pack.PageRules;
import io.invigil.exam.pack.Roster;
import io.invigil.exam.paper.PaperCodec;
import io.invigil.hub.arrangement.ArrangedSitting;
import io.invigil.hub.arrangement.ArrangedSittings;
import io.invigil.hub.candidate.Candidate;
import io.invigil.hub.candidate.CandidateId;
import io.invigil.hub.candidate.Photos;
import io.invigil.hub.facecapture.FaceReferences;
import io.invigil.hub.fleet.SiteNode;
import io.invigil.hub.lockdown.PlanPageRules;
import io.invigil.hub.organisation.TenantId;
import io.invigil.hub.paper.PaperContent;
import io.invigil.hub.paper.PaperVersion;
import io.invigil.hub.paper.Papers;
import io.invigil.hub.plan.Plan;
import io.invigil.hub.plan.PlanContent;
import io.invigil.hub.plan.SittingPolicy;
import io.invigil.hub.plan.Slot;
import io.invigil.hub.plan.Subject;
import io.invigil.hub.plan.SubjectId;
import io.invigil.hub.registration.Seating;
import io.invigil.hub.site.Room;
import io.invigil.hub.site.RoomId;
import io.invigil.hub.site.Rooms;
import io.invigil.hub.violation.BannedPeople;
import io.invigil.protocol.manifest.PartKind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads what a package is made of, in one transaction. */
final class PackageReading {
    /** A class session without a test: its students only come and leave. */
    private static final String NO_PAPER = "";

    private static final int BANNED_NAMED_MAX = 10;

    private final TenantId tenant;
    private final Papers papers;
    private final RoomStaff staff;
    private final RulesText rules;
    private final ArrangedSittings sittings = new ArrangedSittings();
    private final PlanContent content = new PlanContent();
    private final Rooms rooms = new Rooms();
    private final PlanPageRules pageRules = new PlanPageRules();
    private final Photos photos = new Photos();
    private final FaceReferences faces = new FaceReferences();
    private final BannedPeople bans = new BannedPeople();

    PackageReading(TenantId tenant, Papers papers, RoomStaff staff, RulesText rules) {
        this.tenant = tenant;
        this.papers = papers;
        this.staff = staff;
        this.rules = rules;
    }

    /** The content, or why there is none. */
    sealed interface Result {
        record Complete(PackageContent content) implements Result {}

        record Refused(PackRefusal reason, String detail) implements Result {}
    }

    /**
     * @param others nodes in force at the same site, this one included
     */
    Result read(Tx tx, Plan plan, Slot slot, SiteNode node, List<SiteNode> others) {
        List<Room> served = new ArrayList<>();
        for (Room room : rooms.ofSite(tx, tenant, plan.id(), node.site())) {
            if (node.serves(room.name())) {
                boolean shared =
                        others.stream()
                                .anyMatch(
                                        other ->
                                                !other.id().equals(node.id())
                                                        && other.serves(room.name()));
                if (shared) {
                    return new Result.Refused(PackRefusal.PACK_ROOM_WITH_TWO_NODES, room.name());
                }
                served.add(room);
            }
        }
        List<RoomId> ids = served.stream().map(Room::id).toList();
        List<ArrangedSitting> arranged =
                sittings.ofSlotAndRooms(tx, tenant, plan.id(), slot.id(), ids);
        if (arranged.isEmpty()) {
            return new Result.Refused(PackRefusal.PACK_NO_SITTINGS, node.id().value());
        }
        Set<CandidateId> banned =
                bans.banned(tx, plan, arranged.stream().map(one -> one.candidate().id()).toList())
                        .keySet();
        if (!banned.isEmpty()) {
            return new Result.Refused(PackRefusal.PACK_BANNED, named(arranged, banned));
        }
        if (arranged.size() > Roster.ENTRIES_MAX) {
            return new Result.Refused(PackRefusal.PACK_TOO_MANY_SITTINGS, "" + arranged.size());
        }
        List<Roster.Staff> accounts = staff.ofRooms(tx, node.site(), slot.id(), ids);
        if (accounts.stream().noneMatch(account -> account.role().equals("PROCTOR"))) {
            return new Result.Refused(PackRefusal.PACK_STAFF_MISSING, node.siteName());
        }
        return papersOf(tx, plan, slot, arranged, served, accounts);
    }

    /** Admission numbers with room and seat, so that the seats can be found and taken back. */
    private static String named(List<ArrangedSitting> arranged, Set<CandidateId> banned) {
        return arranged.stream()
                .filter(one -> banned.contains(one.candidate().id()))
                .limit(BANNED_NAMED_MAX)
                .map(
                        one ->
                                one.sitting().seating().orElseThrow().admissionNumber()
                                        + " ("
                                        + one.room().name()
                                        + " "
                                        + one.sitting().seating().orElseThrow().seat()
                                        + ")")
                .collect(Collectors.joining("、"));
    }

    private Result papersOf(
            Tx tx,
            Plan plan,
            Slot slot,
            List<ArrangedSitting> arranged,
            List<Room> served,
            List<Roster.Staff> accounts) {
        boolean withKeys =
                plan.policy().resultVisibility() == ResultVisibility.PROVISIONAL_AT_HAND_IN;
        Map<SubjectId, Roster.Subject> subjects = new LinkedHashMap<>();
        Map<String, PackageContent.Clear> parts = new LinkedHashMap<>();
        for (ArrangedSitting sitting : arranged) {
            Subject subject = sitting.subject();
            if (subjects.containsKey(subject.id())) {
                continue;
            }
            Optional<PaperVersion> version = papers.assigned(tx, tenant, subject.id(), slot.id());
            if (version.isEmpty() && !plan.isOfSession()) {
                return new Result.Refused(PackRefusal.PACK_PAPER_MISSING, subject.name());
            }
            String paper = version.map(one -> one.id().name()).orElse(NO_PAPER);
            subjects.put(subject.id(), subject(tx, subject, paper));
            version.ifPresent(one -> addPaper(tx, one, withKeys, parts));
        }
        List<Roster.Entry> entries = new ArrayList<>();
        List<PackageContent.Clear> pictures = new ArrayList<>();
        Set<CandidateId> people =
                arranged.stream().map(one -> one.candidate().id()).collect(Collectors.toSet());
        Set<CandidateId> captured = faces.captured(tx, tenant, people);
        Set<CandidateId> declined = faces.declined(tx, tenant, people);
        for (ArrangedSitting sitting : arranged) {
            Candidate candidate = sitting.candidate();
            entries.add(entry(sitting, declined.contains(candidate.id())));
            picture(tx, candidate, captured.contains(candidate.id()))
                    .ifPresent(
                            bytes ->
                                    pictures.add(
                                            new PackageContent.Clear(
                                                    PackageContent.photoName(
                                                            sitting.sitting().id().value()),
                                                    PartKind.PHOTO,
                                                    bytes)));
        }
        return new Result.Complete(
                new PackageContent(
                        plan,
                        slot,
                        policy(plan.policy(), pageRules.of(tx, plan)),
                        served.stream().map(PackageReading::room).toList(),
                        List.copyOf(subjects.values()),
                        entries,
                        accounts,
                        pictures,
                        List.copyOf(parts.values())));
    }

    /** What faces are compared with: the candidate's own capture before the registration photo. */
    private Optional<byte[]> picture(Tx tx, Candidate candidate, boolean captured) {
        Optional<byte[]> own =
                captured ? faces.picture(tx, tenant, candidate.id()) : Optional.empty();
        return own.isPresent() || !candidate.hasPhoto()
                ? own
                : photos.find(tx, tenant, candidate.photo());
    }

    private void addPaper(
            Tx tx,
            PaperVersion version,
            boolean withKeys,
            Map<String, PackageContent.Clear> parts) {
        PaperContent paper = papers.content(tx, tenant, version.id()).orElseThrow();
        String name = version.id().name();
        put(parts, name, PartKind.PAPER, PaperCodec.encode(paper.paper()));
        if (withKeys) {
            put(parts, name + ".key", PartKind.ANSWER_KEY, PaperCodec.encodeKey(paper.key()));
        }
        papers.pictures(tx, tenant, version.id())
                .forEach((asset, bytes) -> put(parts, name + "/" + asset, PartKind.ASSET, bytes));
    }

    private static void put(
            Map<String, PackageContent.Clear> parts, String name, PartKind kind, byte[] content) {
        parts.put(name, new PackageContent.Clear(name, kind, content));
    }

    private Roster.Subject subject(Tx tx, Subject subject, String paper) {
        String certificate = content.level(tx, tenant, subject.level()).orElseThrow().title();
        return new Roster.Subject(
                subject.number(), subject.name(), certificate, paper, subject.minutes());
    }

    private static Roster.Entry entry(ArrangedSitting arranged, boolean byEye) {
        Seating seating = arranged.sitting().seating().orElseThrow();
        return new Roster.Entry(
                arranged.sitting().id().value(),
                arranged.candidate().number(),
                seating.admissionNumber(),
                arranged.candidate().idNumber(),
                arranged.candidate().name(),
                arranged.candidate().gender().chinese(),
                arranged.school().name(),
                arranged.room().name(),
                seating.seat(),
                arranged.subject().number(),
                arranged.sitting().extraMinutes(),
                seating.pin(),
                "",
                byEye ? Optional.of(true) : Optional.empty());
    }

    private static Roster.Room room(Room room) {
        return new Roster.Room(room.name(), room.address(), room.seats(), room.columns());
    }

    private ExamPolicy policy(SittingPolicy policy, PageRules page) {
        return new ExamPolicy(
                policy.checkInOpensMinutesBefore(),
                policy.lateStartMinutes(),
                policy.resultVisibility(),
                policy.openBook(),
                policy.recordFocusLoss(),
                policy.autoPassWithoutIncident(),
                rules.zh(),
                rules.en(),
                policy.identity(),
                page,
                policy.attempts(),
                policy.attendance(),
                policy.rechecks());
    }
}
