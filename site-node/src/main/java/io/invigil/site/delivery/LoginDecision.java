package io.invigil.site.delivery;

import io.invigil.site.pack.ActivePackages;

/** Outcome of a candidate's login. */
public sealed interface LoginDecision {
    record Accepted(ActivePackages.Listed listed) implements LoginDecision {}

    /** Number and PIN do not belong together; says nothing about which of them is wrong. */
    record Wrong() implements LoginDecision {}

    /** Right person, wrong room: names the right one. */
    record OtherRoom(String room, String address, int seat) implements LoginDecision {}

    /** Too many tries from this address for this number; nobody else is affected. */
    record Wait() implements LoginDecision {}
}
