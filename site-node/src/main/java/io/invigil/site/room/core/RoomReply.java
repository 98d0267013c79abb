package io.invigil.site.room.core;

import io.invigil.exam.room.ApartReason;
import io.invigil.exam.room.HandInCause;

/** What an accepted command answers, once its facts are durable. */
public sealed interface RoomReply {

    /** It is done, or was done before. */
    record Done() implements RoomReply {}

    /**
     * @param revision revision under which this save is kept
     * @param repeated whether the same save was kept before
     */
    record AnswerKept(String item, long revision, boolean repeated) implements RoomReply {}

    /** The answer is kept, but does not count unless a person decides so. */
    record AnswerApart(String item, String op, ApartReason why) implements RoomReply {}

    /** The device holds the right to write under this lease. */
    record WriterGranted(long lease) implements RoomReply {}

    /** The receipt of a hand-in; the same however often one asks. */
    record HandInKept(HandInCause cause, int answered, String answersDigest, long wallMillis)
            implements RoomReply {}
}
