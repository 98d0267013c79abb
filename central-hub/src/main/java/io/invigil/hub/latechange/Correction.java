package io.invigil.hub.latechange;

import io.invigil.appliance.db.Tx;
import io.invigil.hub.arrangement.LateSeats;
import io.invigil.hub.arrangement.SeatCorrections;
import io.invigil.hub.attempt.DoorAttendance;
import io.invigil.hub.candidate.CandidateCorrections;
import io.invigil.hub.candidate.CandidateId;
import io.invigil.hub.organisation.FieldIssue;
import io.invigil.hub.organisation.StaffScope;
import io.invigil.hub.plan.Plan;
import io.invigil.hub.plan.PlanContent;
import io.invigil.hub.plan.Slot;
import io.invigil.hub.plan.Subject;
import io.invigil.hub.registration.LateEntries;
import io.invigil.hub.registration.Sitting;
import io.invigil.hub.registration.SittingId;
import io.invigil.hub.site.Room;
import io.invigil.hub.site.RoomId;
import io.invigil.hub.site.Rooms;
import io.invigil.hub.staffing.Assignments.Staffed;
import io.invigil.hub.staffing.Proctor;
import io.invigil.hub.staffing.StaffingDecision;
import io.invigil.hub.staffing.StandIns;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What accepting a late change corrects, by the rule of the feature that owns it: a wrong name gets
 * the right one, a wrong photo goes, two who sat in each other's seats are arranged so; an extra
 * candidate is registered, seated and counts as present, people who sat in another room are
 * arranged there, a stand-in is assigned in place of the proctor who did not come. Thread-safe.
 */
public final class Correction {
    /** As the room writes it, see the node's desk rules. */
    private static final Pattern SWAP = Pattern.compile("(\\d{1,4}) <-> (\\d{1,4})");

    private final LateEntries entries;
    private final LateSeats places;
    private final StandIns standIns;
    private final CandidateCorrections candidates = new CandidateCorrections();
    private final SeatCorrections seats = new SeatCorrections();
    private final DoorAttendance attendance = new DoorAttendance();
    private final PlanContent content = new PlanContent();
    private final Rooms rooms = new Rooms();

    public Correction(LateEntries entries, LateSeats places, StandIns standIns) {
        this.entries = entries;
        this.places = places;
        this.standIns = standIns;
    }

    ChangeOutcome carryOut(
            Tx tx, StaffScope who, Plan plan, LateChangeStore.Row row, Corrected corrected) {
        return switch (row.change().kind()) {
            case WRONG_NAME -> ChangeOutcome.of(rename(tx, who, plan, row, corrected.name()));
            case WRONG_PHOTO -> {
                candidate(row)
                        .ifPresent(id -> candidates.dropPhoto(tx, who.actor(), plan.tenant(), id));
                yield ChangeOutcome.of(ChangeDecision.DONE);
            }
            case SEAT_SWAP -> ChangeOutcome.of(swap(tx, who, plan, row));
            case EXTRA_CANDIDATE -> extra(tx, who, plan, row, corrected);
            case ROOM_SWAP -> otherRoom(tx, who, plan, row, corrected);
            case STAND_IN_PROCTOR -> standIn(tx, who, plan, row, corrected);
        };
    }

    private static Optional<CandidateId> candidate(LateChangeStore.Row row) {
        return row.change().registered().map(one -> new CandidateId(one.candidate()));
    }

    private ChangeDecision rename(
            Tx tx, StaffScope who, Plan plan, LateChangeStore.Row row, String name) {
        Optional<FieldIssue> issue =
                candidate(row)
                        .flatMap(id -> candidates.rename(tx, who.actor(), plan.tenant(), id, name));
        return issue.isEmpty() ? ChangeDecision.DONE : ChangeDecision.CHANGE_NAME_MALFORMED;
    }

    /** A swap that a proctor only described in words is recorded as such. */
    private ChangeDecision swap(Tx tx, StaffScope who, Plan plan, LateChangeStore.Row row) {
        Matcher said = SWAP.matcher(row.change().detail());
        if (row.sitting() == 0 || !said.matches()) {
            return ChangeDecision.DONE;
        }
        boolean done =
                seats.exchange(
                        tx,
                        who.actor(),
                        plan,
                        new SittingId(row.sitting()),
                        Integer.parseInt(said.group(1)),
                        Integer.parseInt(said.group(2)));
        return done ? ChangeDecision.DONE : ChangeDecision.CHANGE_DOES_NOT_FIT;
    }

    /** Everything is looked at before anything is written. */
    private ChangeOutcome extra(
            Tx tx, StaffScope who, Plan plan, LateChangeStore.Row row, Corrected corrected) {
        if (corrected.person().isBlank()
                || corrected.subject().isEmpty()
                || corrected.room().isEmpty()) {
            return ChangeOutcome.of(ChangeDecision.CHANGE_INCOMPLETE);
        }
        Slot slot = content.slot(tx, plan.tenant(), row.change().place().slot()).orElseThrow();
        Optional<Subject> subject =
                content.subject(tx, plan.tenant(), corrected.subject().get())
                        .filter(one -> slot.subjects().contains(one.id()));
        Optional<Room> room = room(tx, plan, row, corrected.room().get());
        if (subject.isEmpty()) {
            return ChangeOutcome.of(ChangeDecision.CHANGE_SUBJECT_UNKNOWN);
        }
        if (room.isEmpty()) {
            return ChangeOutcome.of(ChangeDecision.CHANGE_ROOM_UNKNOWN);
        }
        return switch (entries.look(tx, plan, subject.get(), corrected.person())) {
            case LateEntries.Entry.Unknown none ->
                    ChangeOutcome.of(ChangeDecision.CHANGE_CANDIDATE_UNKNOWN);
            case LateEntries.Entry.Refused no -> ChangeOutcome.refused(no.issue());
            case LateEntries.Entry.Possible one -> {
                if (one.sitting().flatMap(Sitting::seating).isPresent()) {
                    yield ChangeOutcome.of(ChangeDecision.CHANGE_SEATED_ALREADY);
                }
                Optional<FieldIssue> conflict =
                        places.conflict(
                                tx,
                                plan,
                                one.candidate(),
                                subject.get(),
                                slot,
                                room.get(),
                                corrected.seat());
                if (conflict.isPresent()) {
                    yield ChangeOutcome.refused(conflict.get());
                }
                Sitting sitting = entries.enter(tx, who.actor(), plan, one);
                places.seat(
                        tx,
                        who.actor(),
                        plan,
                        one.candidate(),
                        sitting,
                        slot,
                        room.get(),
                        corrected.seat());
                row.body()
                        .ifPresent(
                                fact ->
                                        attendance.tie(
                                                tx, row.place(), fact, sitting.id().value()));
                yield ChangeOutcome.of(ChangeDecision.DONE);
            }
        };
    }

    private ChangeOutcome otherRoom(
            Tx tx, StaffScope who, Plan plan, LateChangeStore.Row row, Corrected corrected) {
        boolean whole = row.sitting() == 0;
        if (corrected.room().isEmpty() || whole && corrected.from().isEmpty()) {
            return ChangeOutcome.of(ChangeDecision.CHANGE_INCOMPLETE);
        }
        Optional<Room> to = room(tx, plan, row, corrected.room().get());
        Optional<Room> from = whole ? room(tx, plan, row, corrected.from().get()) : to;
        if (to.isEmpty() || from.isEmpty()) {
            return ChangeOutcome.of(ChangeDecision.CHANGE_ROOM_UNKNOWN);
        }
        var slot = row.change().place().slot();
        LateSeats.Move moved =
                whole
                        ? places.exchange(tx, who.actor(), plan, slot, from.get(), to.get())
                        : places.move(
                                tx,
                                who.actor(),
                                plan,
                                new SittingId(row.sitting()),
                                slot,
                                to.get(),
                                corrected.seat());
        return switch (moved) {
            case LateSeats.Move.Done done -> ChangeOutcome.of(ChangeDecision.DONE);
            case LateSeats.Move.Refused no -> ChangeOutcome.refused(no.issue());
            case LateSeats.Move.Nobody nobody ->
                    ChangeOutcome.of(ChangeDecision.CHANGE_DOES_NOT_FIT);
        };
    }

    private ChangeOutcome standIn(
            Tx tx, StaffScope who, Plan plan, LateChangeStore.Row row, Corrected corrected) {
        if (corrected.person().isBlank() || corrected.room().isEmpty()) {
            return ChangeOutcome.of(ChangeDecision.CHANGE_INCOMPLETE);
        }
        Optional<Staffed> room =
                standIns.rooms(tx, who, plan).stream()
                        .filter(one -> isAt(one, row.change().place()))
                        .filter(one -> one.session().room().id().equals(corrected.room().get()))
                        .findFirst();
        if (room.isEmpty()) {
            return ChangeOutcome.of(ChangeDecision.CHANGE_ROOM_UNKNOWN);
        }
        Optional<Proctor> standIn = standIns.find(tx, who, corrected.person());
        if (standIn.isEmpty()) {
            return ChangeOutcome.of(ChangeDecision.CHANGE_PROCTOR_UNKNOWN);
        }
        StaffingDecision decision =
                standIns.standIn(
                        tx,
                        who,
                        plan,
                        room.get(),
                        standIn.get(),
                        corrected.replaces(),
                        corrected.uncertified());
        return switch (decision) {
            case StaffingDecision.Saved saved -> ChangeOutcome.of(ChangeDecision.DONE);
            case StaffingDecision.Refused no -> ChangeOutcome.refused(no.issues().getFirst());
        };
    }

    /** Whether a room in a slot is one of those that the change is about. */
    static boolean isAt(Staffed one, RoomChange.Place place) {
        return one.session().slot().id().equals(place.slot())
                && one.session().site().id().equals(place.site());
    }

    private Optional<Room> room(Tx tx, Plan plan, LateChangeStore.Row row, RoomId id) {
        return rooms.find(tx, plan.tenant(), id)
                .filter(one -> one.plan().equals(plan.id()))
                .filter(one -> one.site().equals(row.change().place().site()));
    }
}
