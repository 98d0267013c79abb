package io.invigil.site.pack;

import io.invigil.site.room.core.RoomRefusal;
import java.util.List;

/** Outcome of opening an exam's papers. */
public sealed interface OpeningOutcome {

    record Opened(List<String> papers) implements OpeningOutcome {}

    /** No such exam here. */
    record ExamUnknown() implements OpeningOutcome {}

    /** Groups whose check digit does not fit, from 1; no try was used up. */
    record WrongGroups(List<Integer> groups) implements OpeningOutcome {}

    /** Not 30 digits; no try was used up. */
    record WrongLength(int digits) implements OpeningOutcome {}

    /** The code is well-formed and not this package's. */
    record WrongCode() implements OpeningOutcome {}

    record TooManyTries(long waitMillis) implements OpeningOutcome {}

    /** The room's rules say no: phase, or too early without two officials. */
    record Refused(RoomRefusal code) implements OpeningOutcome {}

    /** Not decided or not saved: busy, or the ledger halted. */
    record NotSaved() implements OpeningOutcome {}
}
