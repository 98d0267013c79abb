package io.invigil.hub.audit;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * Which entries are wanted; what is empty does not matter.
 *
 * @param key of the subject; an exact match
 * @param to exclusive
 * @param organisation for which the person acted
 * @param without organisations whose entries are not shown
 * @param numbers only these
 */
public record AuditFilter(
        Optional<String> login,
        Optional<String> subject,
        Optional<String> key,
        Optional<AuditAction> action,
        Optional<Instant> from,
        Optional<Instant> to,
        Optional<Long> organisation,
        Set<Long> without,
        Set<Long> numbers) {

    public AuditFilter {
        without = Set.copyOf(without);
        numbers = Set.copyOf(numbers);
    }

    public static AuditFilter everything() {
        return new AuditFilter(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Set.of(),
                Set.of());
    }

    /** Only what was done for this organisation. */
    public AuditFilter of(long own) {
        return new AuditFilter(
                login, subject, key, action, from, to, Optional.of(own), without, numbers);
    }

    /** Without what was done for these organisations. */
    public AuditFilter without(Set<Long> others) {
        return new AuditFilter(
                login, subject, key, action, from, to, organisation, others, numbers);
    }

    /** Only the entries with these numbers. */
    public AuditFilter only(Set<Long> chosen) {
        return new AuditFilter(
                login, subject, key, action, from, to, organisation, without, chosen);
    }
}
