package io.invigil.hub.organisation;

import io.invigil.appliance.layout.FormErrors;
import io.invigil.appliance.web.Visit;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A form of a record that two people may edit at once, as its page shows it: what stands in the
 * fields, what is wrong, and where somebody else's version differs ({@link RecordVersion}).
 */
public record EditedForm(
        Entered entered, FormErrors errors, List<RecordVersion.Difference> differences) {

    public EditedForm {
        differences = List.copyOf(differences);
    }

    /** A form that nobody has sent and that belongs to no stored record. */
    public static EditedForm blank(Entered entered) {
        return new EditedForm(entered, new FormErrors(), List.of());
    }

    /** The form of a stored record. */
    public static EditedForm opened(Entered stored) {
        return blank(RecordVersion.opened(stored, record(stored)));
    }

    /** The same with what is wrong elsewhere on its page. */
    public EditedForm because(Visit visit, List<FieldIssue> issues) {
        return new EditedForm(entered, StaffDesk.errors(visit, issues), differences);
    }

    /** What was sent and not taken. */
    public static EditedForm refused(Visit visit, Entered sent, List<FieldIssue> issues) {
        return new EditedForm(sent, StaffDesk.errors(visit, issues), List.of());
    }

    /**
     * What was sent, beside what somebody else has stored since.
     *
     * @param code says that it happened
     * @param shown a difference as people read it
     */
    public static EditedForm meanwhile(
            Visit visit,
            Entered filled,
            Entered stored,
            Enum<?> code,
            UnaryOperator<RecordVersion.Difference> shown) {
        Entered sent = RecordVersion.settled(filled, stored);
        List<RecordVersion.Difference> differences =
                RecordVersion.differences(stored, sent).stream()
                        .filter(one -> stored.fields().containsKey(one.field()))
                        .map(shown)
                        .toList();
        return new EditedForm(
                RecordVersion.versioned(sent, stored, record(stored)),
                StaffDesk.errors(visit, List.of(FieldIssue.of("", code))),
                differences);
    }

    /** What came of saving a form. */
    public sealed interface Saving<D> {
        record Decided<D>(D decision) implements Saving<D> {}

        /** Somebody else stored this since the form was filled; nothing was saved. */
        record Meanwhile<D>(Entered stored) implements Saving<D> {}
    }

    /**
     * Saves what was sent unless the record is another than the form was filled from; to be called
     * under the record's lock.
     *
     * @param work takes the form with each field as it was chosen
     */
    public static <D> Saving<D> save(Entered filled, Entered stored, Function<Entered, D> work) {
        return RecordVersion.isOf(filled, record(stored))
                ? new Saving.Decided<>(work.apply(RecordVersion.settled(filled, stored)))
                : new Saving.Meanwhile<>(stored);
    }

    /** In one order, whatever order the fields were put in. */
    private static Object record(Entered stored) {
        return new TreeMap<>(stored.fields());
    }

    /** The values of a field with several in the words of the page. */
    public static String words(String values, String between, UnaryOperator<String> word) {
        return Stream.of(values.split(", "))
                .filter(value -> !value.isEmpty())
                .map(word)
                .collect(Collectors.joining(between));
    }
}
