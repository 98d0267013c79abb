package io.invigil.hub.latechange;

import io.invigil.hub.plan.SubjectId;
import io.invigil.hub.site.RoomId;
import io.invigil.hub.staffing.ProctorId;
import java.util.Optional;

/**
 * What the body says is right when it accepts a change; each kind of change asks for its own parts.
 *
 * @param name right name of a wrong one
 * @param person candidate, admission or ID number of an extra candidate; number of a stand-in
 * @param from room that was left, where a change of rooms names no candidate
 * @param room where it was: the extra candidate's, the new one of a change, the stand-in's
 * @param seat in that room
 * @param replaces whom a stand-in replaces; empty where nobody was assigned
 * @param uncertified whether a stand-in without certification is taken all the same
 */
public record Corrected(
        String name,
        String person,
        Optional<SubjectId> subject,
        Optional<RoomId> from,
        Optional<RoomId> room,
        int seat,
        Optional<ProctorId> replaces,
        boolean uncertified) {

    /** Nothing said: for a rejection, or a kind that asks for nothing. */
    public static final Corrected NOTHING = named("");

    public static Corrected named(String name) {
        return new Corrected(
                name,
                "",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                0,
                Optional.empty(),
                false);
    }
}
