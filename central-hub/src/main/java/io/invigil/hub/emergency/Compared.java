package io.invigil.hub.emergency;

import io.invigil.exam.file.EmergencyFile;
import io.invigil.hub.attempt.AnswerRevision;
import io.invigil.hub.attempt.LateAnswer;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** One answer of a file beside what the centre holds. */
public record Compared(EmergencyFile.Answer answer, Kind kind, String held) {

    /** In the order of what a person must look at. */
    public enum Kind {
        /** The centre holds another answer to the item. */
        DIFFERENT,
        /** The centre holds none. */
        MISSING,
        /** Stands apart already, from the room or another file. */
        APART,
        /** This very save reached the centre; what counts is it or a later one. */
        ARRIVED,
        /** The same answer counts. */
        EQUAL
    }

    /** Whether admitting the file keeps this answer for the reviewer. */
    public boolean isNews() {
        return kind == Kind.DIFFERENT || kind == Kind.MISSING;
    }

    /** The values in order, for people. */
    public String text() {
        return text(answer.response());
    }

    private static String text(Map<String, List<String>> response) {
        return String.join("\n", response.values().stream().flatMap(List::stream).toList());
    }

    /**
     * Holds a file against everything known of its sitting.
     *
     * @param history every revision of every answer
     * @param current the answers that count, by item
     * @param late answers that stand apart
     */
    static List<Compared> of(
            EmergencyFile file,
            Collection<AnswerRevision> history,
            Map<String, AnswerRevision> current,
            Collection<LateAnswer> late) {
        Set<String> arrived =
                history.stream()
                        .map(one -> one.item() + "\n" + one.op())
                        .collect(Collectors.toSet());
        Set<String> apart = late.stream().map(LateAnswer::op).collect(Collectors.toSet());
        Function<EmergencyFile.Answer, Kind> kind =
                one -> {
                    AnswerRevision counts = current.get(one.item());
                    if (counts != null && counts.response().equals(one.response())) {
                        return Kind.EQUAL;
                    }
                    if (arrived.contains(one.item() + "\n" + one.op())) {
                        return Kind.ARRIVED;
                    }
                    if (apart.contains(one.op())) {
                        return Kind.APART;
                    }
                    return counts == null ? Kind.MISSING : Kind.DIFFERENT;
                };
        return file.answers().stream()
                .map(
                        one -> {
                            AnswerRevision counts = current.get(one.item());
                            String held = counts == null ? "" : text(counts.response());
                            return new Compared(one, kind.apply(one), held);
                        })
                .toList();
    }
}
