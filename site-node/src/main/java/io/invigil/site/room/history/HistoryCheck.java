package io.invigil.site.room.history;

/** What a check of the history's database found. */
public sealed interface HistoryCheck {
    /**
     * Every page, row and index of all tables was read and agrees.
     *
     * @param lag durable records that are not applied yet
     */
    record Sound(int tables, long lag) implements HistoryCheck {}

    /** It is not open: not made yet, being rebuilt, or resting for want of space. */
    record Away() implements HistoryCheck {}

    /**
     * @param where the table, or the kind of the failure
     */
    record Damaged(String where) implements HistoryCheck {}
}
