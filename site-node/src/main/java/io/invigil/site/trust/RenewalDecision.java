package io.invigil.site.trust;

import java.time.Instant;

/** What became of the node's certificates. */
public sealed interface RenewalDecision {

    /** They hold long enough, or the hub was asked a moment ago. */
    record NotDue() implements RenewalDecision {}

    /** New ones are kept and in force. */
    record Renewed(Instant until) implements RenewalDecision {}

    /** The old ones stay; asked again later. */
    record Refused(String code, String detail) implements RenewalDecision {}
}
