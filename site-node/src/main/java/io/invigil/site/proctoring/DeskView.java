package io.invigil.site.proctoring;

import io.invigil.exam.room.CaseKind;
import io.invigil.site.room.core.CoreTime;
import io.invigil.site.room.core.DeskState;
import io.invigil.site.room.core.RoomState;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The desk of one exam; JSON of {@code GET /api/room/{exam}/desk}.
 *
 * @param cases open ones first, the most urgent before the others
 * @param messages newest first
 * @param words of the centre: unread ones first, then the newest
 */
public record DeskView(
        List<Case> cases, List<Message> messages, List<Change> changes, List<Word> words) {
    private static final int MESSAGES_SHOWN_MAX = 100;

    /**
     * @param leftMillis until it is due by the node's own clock; negative when overdue
     */
    public record Case(
            String id,
            long sitting,
            CaseKind kind,
            CaseKind.Owner owner,
            long leftMillis,
            String statement,
            String by,
            Instant at,
            Optional<CaseKind.Outcome> outcome,
            String note) {}

    public record Message(long sitting, String kind, String text, String by, Instant at) {}

    public record Change(
            long sitting, String kind, String detail, String reason, String by, Instant at) {}

    /**
     * @param readBy empty text while nobody has read it
     */
    public record Word(
            String id, String from, String text, Instant sent, String readBy, Instant readAt) {}

    static DeskView of(RoomState state, String exam, CoreTime time) {
        long now = state.clock().millisAt(time);
        DeskState.Room room = state.desk().room(exam);
        List<Case> cases =
                room.cases().values().stream()
                        .map(known -> line(known, now))
                        .sorted(
                                Comparator.comparing((Case c) -> c.outcome().isPresent())
                                        .thenComparing(Case::leftMillis))
                        .toList();
        List<Message> messages =
                room.messages().reversed().stream()
                        .limit(MESSAGES_SHOWN_MAX)
                        .map(
                                m ->
                                        new Message(
                                                m.sitting().orElse(0L),
                                                m.kind().name(),
                                                m.text(),
                                                m.by(),
                                                Instant.ofEpochMilli(m.wallMillis())))
                        .toList();
        List<Change> changes =
                room.changes().stream()
                        .map(
                                c ->
                                        new Change(
                                                c.sitting().orElse(0L),
                                                c.kind().name(),
                                                c.detail(),
                                                c.reason(),
                                                c.by(),
                                                Instant.ofEpochMilli(c.wallMillis())))
                        .toList();
        return new DeskView(cases, messages, changes, words(room));
    }

    private static List<Word> words(DeskState.Room room) {
        return room.words().stream()
                .sorted(
                        Comparator.comparing(DeskState.Word::read)
                                .thenComparing(
                                        Comparator.comparing(DeskState.Word::sentMillis)
                                                .reversed()))
                .limit(MESSAGES_SHOWN_MAX)
                .map(
                        word ->
                                new Word(
                                        word.id(),
                                        word.from(),
                                        word.text(),
                                        Instant.ofEpochMilli(word.sentMillis()),
                                        word.readBy(),
                                        Instant.ofEpochMilli(word.readWall())))
                .toList();
    }

    private static Case line(DeskState.Case known, long now) {
        return new Case(
                known.id(),
                known.sitting().orElse(0L),
                known.kind(),
                known.owner(),
                known.openedMillis() + known.dueMillis() - now,
                known.statement(),
                known.by(),
                Instant.ofEpochMilli(known.openedWall()),
                known.outcome(),
                known.note());
    }
}
