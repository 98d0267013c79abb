package io.invigil.site.room.core;

import io.invigil.exam.room.CameraState;
import io.invigil.exam.room.CaseKind;
import io.invigil.exam.room.LateChangeKind;
import io.invigil.exam.room.MessageKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the proctors' desk holds beside the sittings themselves. Immutable.
 *
 * @param seats by sitting; one that nothing was noted of is missing
 * @param cameras by sitting
 * @param registers by sitting, who came and left when
 * @param rooms by exam
 */
public record DeskState(
        LongMap<Seat> seats,
        LongMap<Register> registers,
        LongMap<Camera> cameras,
        Map<String, Room> rooms) {
    static final DeskState EMPTY =
            new DeskState(LongMap.empty(), LongMap.empty(), LongMap.empty(), Map.of());

    /**
     * The line of the sign-in sheet. Times are wall clock, epoch milliseconds, 0 for none.
     *
     * @param arrivedWall first check-in that stands
     * @param leftWall check-out; {@link RoomState#leftWall} also knows hand-ins
     * @param claimOpen checked in by phone, not seen by a proctor yet
     * @param sheets answers on paper that the desk received
     * @param portal what the portal's claims were answered
     */
    public record Register(
            long arrivedWall, long leftWall, boolean claimOpen, int sheets, Portal portal) {
        static final Register NONE = new Register(0, 0, false, 0, Portal.NONE);

        Register arrived(long wall, boolean claim) {
            return new Register(arrivedWall == 0 ? wall : arrivedWall, 0, claim, sheets, portal);
        }

        Register notArrived() {
            return new Register(0, 0, false, sheets, portal);
        }

        Register left(long wall) {
            return new Register(arrivedWall, wall, claimOpen, sheets, portal);
        }

        Register seen() {
            return new Register(arrivedWall, leftWall, false, sheets, portal);
        }

        Register papers(int received) {
            return new Register(arrivedWall, leftWall, claimOpen, received, portal);
        }

        Register answered(long request) {
            Portal next = new Portal(Math.max(request, portal.request()), portal.answers() + 1);
            return new Register(arrivedWall, leftWall, claimOpen, sheets, next);
        }
    }

    /**
     * @param request the highest answered, 0 before the first
     */
    public record Portal(long request, int answers) {
        static final Portal NONE = new Portal(0, 0);
    }

    /**
     * @param lostMillis exam time lost to outages of the node and silences of the own page, as
     *     measured
     * @param compensatedMillis given back for outages
     * @param handedInAt exam time of the hand-in, meaningful while handed in
     */
    public record Seat(
            long lostMillis,
            long compensatedMillis,
            long handedInAt,
            int warnings,
            int readmissions) {
        static final Seat NONE = new Seat(0, 0, 0, 0, 0);

        Seat lost(long millis) {
            return new Seat(
                    lostMillis + millis, compensatedMillis, handedInAt, warnings, readmissions);
        }

        Seat compensated(long millis) {
            return new Seat(
                    lostMillis, compensatedMillis + millis, handedInAt, warnings, readmissions);
        }

        Seat handedInAt(long now) {
            return new Seat(lostMillis, compensatedMillis, now, warnings, readmissions);
        }

        Seat warned() {
            return new Seat(lostMillis, compensatedMillis, handedInAt, warnings + 1, readmissions);
        }

        Seat readmitted() {
            return new Seat(lostMillis, compensatedMillis, handedInAt, warnings, readmissions + 1);
        }
    }

    /**
     * @param told what the page says of its camera, empty while it said nothing
     * @param snapshots kept so far
     * @param last hex SHA-256 of the newest, empty text before the first
     */
    public record Camera(Optional<CameraState> told, int snapshots, String last, long lastWall) {
        static final Camera NONE = new Camera(Optional.empty(), 0, "", 0);

        Camera says(CameraState state) {
            return new Camera(Optional.of(state), snapshots, last, lastWall);
        }

        Camera taken(String blob, long wall) {
            return new Camera(Optional.of(CameraState.WORKS), snapshots + 1, blob, wall);
        }
    }

    /** Words that were told. {@code by} as facts name authors. */
    public record Message(
            String id,
            Optional<Long> sitting,
            MessageKind kind,
            String text,
            String by,
            long wallMillis) {}

    /**
     * @param openedWall wall clock, for people
     * @param openedMillis exam time, for the case's clock
     * @param outcome empty while open
     */
    public record Case(
            String id,
            Optional<Long> sitting,
            CaseKind kind,
            CaseKind.Owner owner,
            long dueMillis,
            String statement,
            String by,
            long openedWall,
            long openedMillis,
            Optional<CaseKind.Outcome> outcome,
            String note) {
        public boolean open() {
            return outcome.isEmpty();
        }

        Case passedOn(CaseKind.Owner to, String why) {
            return new Case(
                    id,
                    sitting,
                    kind,
                    to,
                    dueMillis,
                    statement,
                    by,
                    openedWall,
                    openedMillis,
                    outcome,
                    why);
        }

        Case settled(CaseKind.Outcome how, String why) {
            return new Case(
                    id,
                    sitting,
                    kind,
                    owner,
                    dueMillis,
                    statement,
                    by,
                    openedWall,
                    openedMillis,
                    Optional.of(how),
                    why);
        }
    }

    public record Change(
            String id,
            Optional<Long> sitting,
            LateChangeKind kind,
            String detail,
            String reason,
            String by,
            long wallMillis) {}

    /**
     * The account of a stand-in proctor.
     *
     * @param room the only one in which it is good
     * @param passwordHash Argon2id in PHC text form
     */
    public record StandIn(String login, String name, String room, String passwordHash) {
        @Override
        public String toString() {
            return "StandIn[" + login + ", " + room + "]";
        }
    }

    /**
     * Words of the centre. Times are wall clocks, epoch milliseconds.
     *
     * @param sentMillis by the hub
     * @param readBy as facts name authors; empty text while nobody has read it
     */
    public record Word(
            String id,
            String from,
            String text,
            long sentMillis,
            long heardWall,
            String readBy,
            long readWall) {
        public boolean read() {
            return !readBy.isEmpty();
        }

        Word readBy(String by, long wall) {
            return new Word(id, from, text, sentMillis, heardWall, by, wall);
        }
    }

    /**
     * @param messages oldest first
     * @param cases by id, in the order of opening
     * @param words of the centre, in the order in which they came
     * @param snapshotSeconds 0 for none
     * @param standIns one for each login, the newest password
     */
    public record Room(
            List<Message> messages,
            Map<String, Case> cases,
            List<Change> changes,
            List<Word> words,
            int snapshotSeconds,
            List<StandIn> standIns) {
        static final Room NONE = new Room(List.of(), Map.of(), List.of(), List.of(), 0, List.of());

        Room heard(Word word) {
            return new Room(messages, cases, changes, plus(words, word), snapshotSeconds, standIns);
        }

        Room read(String word, String by, long wall) {
            List<Word> read =
                    words.stream()
                            .map(one -> one.id().equals(word) ? one.readBy(by, wall) : one)
                            .toList();
            return new Room(messages, cases, changes, read, snapshotSeconds, standIns);
        }

        Room snapshotsEvery(int seconds) {
            return new Room(messages, cases, changes, words, seconds, standIns);
        }

        Room told(Message message) {
            return new Room(
                    plus(messages, message), cases, changes, words, snapshotSeconds, standIns);
        }

        Room with(Case changed) {
            Map<String, Case> copy = new LinkedHashMap<>(cases);
            copy.put(changed.id(), changed);
            return new Room(
                    messages,
                    java.util.Collections.unmodifiableMap(copy),
                    changes,
                    words,
                    snapshotSeconds,
                    standIns);
        }

        Room changed(Change change) {
            return new Room(
                    messages, cases, plus(changes, change), words, snapshotSeconds, standIns);
        }

        Room opened(StandIn account) {
            List<StandIn> others =
                    standIns.stream().filter(one -> !one.login().equals(account.login())).toList();
            return new Room(
                    messages, cases, changes, words, snapshotSeconds, plus(others, account));
        }

        /** Whose words a late change has. */
        String nameIn(String change) {
            return changes.stream()
                    .filter(one -> one.id().equals(change))
                    .map(Change::detail)
                    .findFirst()
                    .orElse("");
        }

        private static <T> List<T> plus(List<T> list, T element) {
            List<T> copy = new ArrayList<>(list);
            copy.add(element);
            return List.copyOf(copy);
        }
    }

    public Seat seat(long sitting) {
        return seats.get(sitting).orElse(Seat.NONE);
    }

    public Camera camera(long sitting) {
        return cameras.get(sitting).orElse(Camera.NONE);
    }

    public Register register(long sitting) {
        return registers.get(sitting).orElse(Register.NONE);
    }

    public Room room(String exam) {
        return rooms.getOrDefault(exam, Room.NONE);
    }

    DeskState with(long sitting, Seat seat) {
        return new DeskState(seats.with(sitting, seat), registers, cameras, rooms);
    }

    DeskState with(long sitting, Camera camera) {
        return new DeskState(seats, registers, cameras.with(sitting, camera), rooms);
    }

    DeskState with(long sitting, Register register) {
        return new DeskState(seats, registers.with(sitting, register), cameras, rooms);
    }

    DeskState with(String exam, Room room) {
        Map<String, Room> copy = new HashMap<>(rooms);
        copy.put(exam, room);
        return new DeskState(seats, registers, cameras, Map.copyOf(copy));
    }
}
