package io.invigil.hub.sessionroom;

import io.invigil.exam.pack.ExamPolicy.ResultVisibility;
import io.invigil.exam.pack.Roster;
import io.invigil.hub.organisation.FieldIssue;
import io.invigil.hub.paper.PaperVersion;
import io.invigil.hub.session.ClassSession;
import io.invigil.hub.site.Room;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What forbids giving a session to a room server as a form says. */
public final class SessionRoomIssues {
    private static final int ROOM_CHARS_MAX = 100;

    private SessionRoomIssues() {}

    static List<FieldIssue> of(
            ClassSession session,
            SessionRooms.Draft draft,
            int students,
            Optional<SessionRooms.Server> server,
            Optional<PaperVersion> paper,
            Instant now) {
        List<FieldIssue> issues = new ArrayList<>();
        if (session.isOver(now)) {
            issues.add(FieldIssue.of("", SessionRoomRefusal.SESSION_ROOM_OVER));
        }
        if (students == 0) {
            issues.add(FieldIssue.of("", SessionRoomRefusal.SESSION_ROOM_NO_STUDENTS));
        }
        if (students > Roster.ENTRIES_MAX) {
            issues.add(FieldIssue.of("", SessionRoomRefusal.SESSION_ROOM_TOO_MANY));
        }
        String room = draft.room().strip();
        if (server.isEmpty()) {
            issues.add(FieldIssue.of("node", SessionRoomRefusal.SESSION_ROOM_NODE_UNKNOWN));
        } else if (room.isEmpty()
                || room.length() > ROOM_CHARS_MAX
                || !server.get().node().serves(room)) {
            issues.add(
                    FieldIssue.of(
                            "room",
                            SessionRoomRefusal.SESSION_ROOM_ROOM,
                            String.join("、", server.get().node().rooms())));
        }
        if (draft.seats() < students || draft.seats() > Room.SEATS_MAX) {
            issues.add(
                    FieldIssue.of(
                            "seats",
                            SessionRoomRefusal.SESSION_ROOM_SEATS,
                            students + "–" + Room.SEATS_MAX));
        }
        if (session.test()) {
            testIssues(session, draft, paper, issues);
        }
        return issues;
    }

    private static void testIssues(
            ClassSession session,
            SessionRooms.Draft draft,
            Optional<PaperVersion> paper,
            List<FieldIssue> issues) {
        if (paper.isEmpty()) {
            issues.add(FieldIssue.of("paper", SessionRoomRefusal.SESSION_ROOM_PAPER));
        }
        long most = Duration.between(session.start(), session.end()).toMinutes();
        if (draft.minutes() < 1 || draft.minutes() > most) {
            issues.add(
                    FieldIssue.of("minutes", SessionRoomRefusal.SESSION_ROOM_MINUTES, "" + most));
        }
        if (visibility(draft.results()).isEmpty()) {
            issues.add(FieldIssue.of("results", SessionRoomRefusal.SESSION_ROOM_RESULTS));
        }
    }

    /** What a class's results may be: they are never published as an exam's are. */
    public static List<ResultVisibility> visibilities() {
        return List.of(
                ResultVisibility.AFTER_REVIEW,
                ResultVisibility.PROVISIONAL_AT_HAND_IN,
                ResultVisibility.NEVER);
    }

    static Optional<ResultVisibility> visibility(String name) {
        return visibilities().stream().filter(one -> one.name().equals(name)).findFirst();
    }
}
