package io.invigil.hub.sessionroom;

import io.invigil.appliance.db.Database;
import io.invigil.appliance.db.Tx;
import io.invigil.exam.pack.ExamPolicy.ResultVisibility;
import io.invigil.hub.arrangement.ListSeating;
import io.invigil.hub.attempt.Attempts;
import io.invigil.hub.audit.Audit;
import io.invigil.hub.candidate.Candidate;
import io.invigil.hub.candidate.CandidateId;
import io.invigil.hub.course.Classes;
import io.invigil.hub.course.TeachingClass;
import io.invigil.hub.fleet.Fleet;
import io.invigil.hub.fleet.SiteNode;
import io.invigil.hub.organisation.FieldIssue;
import io.invigil.hub.organisation.StaffScope;
import io.invigil.hub.organisation.TenantId;
import io.invigil.hub.pack.ExamPackage;
import io.invigil.hub.pack.PackDecision;
import io.invigil.hub.pack.Packages;
import io.invigil.hub.paper.PaperVersion;
import io.invigil.hub.paper.Papers;
import io.invigil.hub.plan.ExamMode;
import io.invigil.hub.plan.Plan;
import io.invigil.hub.plan.Plans;
import io.invigil.hub.plan.SessionPlans;
import io.invigil.hub.plan.Subject;
import io.invigil.hub.registration.ClassList;
import io.invigil.hub.registration.Sitting;
import io.invigil.hub.registration.Sittings;
import io.invigil.hub.session.ClassSession;
import io.invigil.hub.session.Sessions;
import io.invigil.hub.site.Room;
import io.invigil.hub.site.RoomDraft;
import io.invigil.hub.site.Rooms;
import io.invigil.hub.site.Site;
import io.invigil.hub.site.Sites;
import io.invigil.protocol.crypto.Entropy;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Giving class sessions to room servers: see the package. Thread-safe. */
public final class SessionRooms {
    private static final int COLUMNS = 8;

    private final Database database;
    private final Clock clock;
    private final Fleet fleet;
    private final Packages packages;
    private final Papers papers;
    private final Sessions sessions;
    private final Classes classes;
    private final ClassList list;
    private final ListSeating seating;
    private final SessionPlans sessionPlans = new SessionPlans();
    private final Plans plans = new Plans();
    private final Rooms rooms = new Rooms();
    private final Sites sites = new Sites();
    private final Sittings sittings = new Sittings();
    private final Attempts attempts = new Attempts();
    private final SessionRoomStore store = new SessionRoomStore();
    private final Audit audit = new Audit();

    /** What the rules work with. */
    public record Parts(
            Database database,
            Clock clock,
            Entropy entropy,
            Fleet fleet,
            Packages packages,
            Papers papers,
            Sessions sessions,
            Classes classes) {}

    public SessionRooms(Parts parts) {
        this.database = parts.database();
        this.clock = parts.clock();
        this.fleet = parts.fleet();
        this.packages = parts.packages();
        this.papers = parts.papers();
        this.sessions = parts.sessions();
        this.classes = parts.classes();
        this.list = new ClassList(parts.clock());
        this.seating = new ListSeating(parts.entropy());
    }

    /**
     * What the teacher names.
     *
     * @param node name of the room server
     * @param room as the server knows it
     * @param seats in the room; at least as many as the class has students
     * @param paper number of the paper, 0 for a session without a test
     * @param minutes how long one sits; of a plain session not asked
     * @param results name of a {@link ResultVisibility}
     */
    public record Draft(
            String node, String room, int seats, long paper, int minutes, String results) {}

    /** A server that may hold the session. */
    public record Server(SiteNode node, Site site) {}

    /** Servers in force at the sites of the class's school. */
    public List<Server> servers(Tx tx, TeachingClass one) {
        List<Server> found = new ArrayList<>();
        for (Site site : sites.approved(tx, one.tenant())) {
            if (site.school().equals(one.school())) {
                fleet.inForceAt(tx, site.id()).forEach(node -> found.add(new Server(node, site)));
            }
        }
        return found;
    }

    /** Papers with which the session's class may be tested. */
    public List<PaperVersion> papers(Tx tx, Sessions.Placed placed) {
        return papers.forClasses(
                tx, placed.session().tenant(), placed.place().course().subject().id());
    }

    public Optional<HeldSession> find(Tx tx, TenantId tenant, long session) {
        return store.find(tx, tenant, session);
    }

    /** The session's package, once published. */
    public Optional<ExamPackage> published(Tx tx, HeldSession held) {
        return packages.find(tx, ExamPackage.nameOf(held.slot(), held.node()));
    }

    /** The room as it was named. */
    public Optional<Room> room(Tx tx, HeldSession held) {
        return rooms.find(tx, held.tenant(), held.room());
    }

    /** Whether the member of staff gives the session to a server. */
    public boolean mayHold(StaffScope scope, Sessions.Placed placed) {
        return sessions.mayEnter(scope, placed.teachingClass());
    }

    /** What the first transaction made. */
    private sealed interface Kept {
        record Ready(HeldSession held) implements Kept {}

        record Refused(List<FieldIssue> issues) implements Kept {}
    }

    /**
     * Makes the class the session's roster and publishes the package to the server, anew with every
     * call: who has joined the class since is added, who has left it is taken off, as long as
     * nobody has begun.
     */
    public HoldDecision hold(StaffScope scope, Sessions.Placed placed, Draft draft) {
        Kept kept = database.inTransaction(tx -> keep(tx, scope, placed, draft));
        if (kept instanceof Kept.Refused refused) {
            return new HoldDecision.Refused(refused.issues());
        }
        HeldSession held = ((Kept.Ready) kept).held();
        return switch (packages.publish(scope, held.slot(), held.node())) {
            case PackDecision.Published done -> new HoldDecision.Published(done.published());
            case PackDecision.Refused no -> new HoldDecision.NotPublished(no);
        };
    }

    private Kept keep(Tx tx, StaffScope scope, Sessions.Placed placed, Draft draft) {
        ClassSession session = placed.session();
        Optional<HeldSession> before = store.find(tx, session.tenant(), session.id());
        before.ifPresent(held -> plans.lock(tx, held.tenant(), held.plan()));
        List<Candidate> students = classes.students(tx, placed.teachingClass());
        Optional<Server> server =
                servers(tx, placed.teachingClass()).stream()
                        .filter(one -> one.node().id().value().equals(draft.node()))
                        .findFirst();
        Optional<PaperVersion> paper =
                papersNow(tx, placed, before).stream()
                        .filter(one -> session.test() && one.id().value() == draft.paper())
                        .findFirst();
        List<FieldIssue> issues =
                mayHold(scope, placed)
                        ? SessionRoomIssues.of(
                                placed.session(),
                                draft,
                                students.size(),
                                server,
                                paper,
                                clock.instant())
                        : new ArrayList<>(
                                List.of(
                                        FieldIssue.of(
                                                "", SessionRoomRefusal.SESSION_ROOM_NOT_ALLOWED)));
        if (before.isPresent() && hasBegun(tx, before.get())) {
            issues.add(FieldIssue.of("", SessionRoomRefusal.SESSION_ROOM_BEGUN));
        }
        if (!issues.isEmpty()) {
            return new Kept.Refused(issues);
        }
        SessionPlans.Spec spec = spec(tx, placed, draft, paper);
        SessionPlans.Made made =
                before.map(
                                held ->
                                        sessionPlans.change(
                                                tx,
                                                scope.actor(),
                                                sessionPlans.find(tx, held.tenant(), held.plan()),
                                                spec))
                        .orElseGet(() -> sessionPlans.make(tx, scope.actor(), spec));
        Room room = room(tx, scope, made, before, server.orElseThrow(), draft);
        seat(tx, scope, placed, made, room, students);
        paper.ifPresent(
                one ->
                        papers.assignToSession(
                                tx, scope, one, made.subject().id(), made.slot().id()));
        HeldSession held =
                new HeldSession(
                        session.tenant(),
                        session.id(),
                        made.plan().id(),
                        made.subject().id(),
                        made.slot().id(),
                        server.get().site().id(),
                        room.id(),
                        server.get().node().id(),
                        paper.map(PaperVersion::id),
                        scope.login(),
                        clock.instant());
        store.put(tx, held);
        if (before.isPresent()) {
            audit.changed(tx, scope.actor(), "session-room", session.id(), before.get(), held);
        } else {
            audit.created(tx, scope.actor(), "session-room", session.id(), held);
        }
        return new Kept.Ready(held);
    }

    /** What is offered, and what the session has already. */
    private List<PaperVersion> papersNow(
            Tx tx, Sessions.Placed placed, Optional<HeldSession> before) {
        List<PaperVersion> all = new ArrayList<>(papers(tx, placed));
        before.flatMap(HeldSession::paper)
                .flatMap(id -> papers.find(tx, placed.session().tenant(), id))
                .filter(one -> !all.contains(one))
                .ifPresent(all::add);
        return all;
    }

    /** Whether the room has opened the papers, or anybody has come. */
    boolean hasBegun(Tx tx, HeldSession held) {
        return published(tx, held).flatMap(ExamPackage::openedAt).isPresent()
                || !attempts.ofPlan(tx, held.tenant(), held.plan()).isEmpty();
    }

    private SessionPlans.Spec spec(
            Tx tx, Sessions.Placed placed, Draft draft, Optional<PaperVersion> paper) {
        ClassSession session = placed.session();
        Plan of = plans.find(tx, session.tenant(), placed.teachingClass().plan()).orElseThrow();
        Subject subject = placed.place().course().subject();
        int length = (int) Duration.between(session.start(), session.end()).toMinutes();
        String kind = session.test() ? "综合测试" : "面授课";
        return new SessionPlans.Spec(
                session.id(),
                subject.name() + " " + kind + " · " + placed.teachingClass().name(),
                of,
                subject,
                placed.teachingClass().school(),
                kind,
                session.start(),
                session.end(),
                session.test() ? draft.minutes() : length,
                paper.map(PaperVersion::fullMark).orElse(subject.fullMark()),
                session.checkInMinutes(),
                session.checkOutMinutes(),
                SessionRoomIssues.visibility(draft.results()).orElse(ResultVisibility.NEVER));
    }

    private Room room(
            Tx tx,
            StaffScope scope,
            SessionPlans.Made made,
            Optional<HeldSession> before,
            Server server,
            Draft draft) {
        RoomDraft wanted =
                new RoomDraft(
                        server.site().id(),
                        draft.room(),
                        Set.of(ExamMode.COMPUTER),
                        draft.seats(),
                        Math.min(COLUMNS, draft.seats()),
                        server.site().address(),
                        Set.of(made.level().id()));
        Optional<Room> known = before.flatMap(held -> room(tx, held));
        if (known.isEmpty()) {
            return rooms.addForSession(tx, scope.actor(), made.plan(), wanted);
        }
        rooms.changeForSession(tx, scope.actor(), made.plan(), known.get(), wanted);
        Room changed = rooms.find(tx, known.get().tenant(), known.get().id()).orElseThrow();
        if (!changed.site().equals(known.get().site())) {
            seating.move(tx, made.plan(), changed);
        }
        return changed;
    }

    private void seat(
            Tx tx,
            StaffScope scope,
            Sessions.Placed placed,
            SessionPlans.Made made,
            Room room,
            List<Candidate> students) {
        Map<CandidateId, Integer> order = new HashMap<>();
        students.forEach(one -> order.put(one.id(), order.size()));
        List<Sitting> all =
                list.enrol(
                        tx,
                        scope.actor(),
                        made.plan(),
                        made.level().id(),
                        made.subject().id(),
                        students.stream().map(Candidate::id).toList());
        List<Sitting> gone =
                all.stream().filter(one -> !order.containsKey(one.candidate())).toList();
        seating.free(tx, made.plan(), gone);
        list.withdraw(tx, scope.actor(), made.plan(), gone);
        List<Sitting> listed =
                all.stream()
                        .filter(one -> order.containsKey(one.candidate()))
                        .sorted(Comparator.comparing(one -> order.get(one.candidate())))
                        .toList();
        seating.seat(tx, made.plan(), made.slot(), room, placed.teachingClass().school(), listed);
    }

    /** The sitting of each student on the list. */
    public Map<CandidateId, Sitting> sittings(Tx tx, HeldSession held) {
        Map<CandidateId, Sitting> found = new HashMap<>();
        sittings.ofPlan(tx, held.tenant(), held.plan())
                .forEach(one -> found.put(one.candidate(), one));
        return found;
    }
}
