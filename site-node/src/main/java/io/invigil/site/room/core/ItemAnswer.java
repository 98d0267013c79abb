package io.invigil.site.room.core;

import io.invigil.exam.room.RoomFact;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The answer to one item as it is now. Immutable.
 *
 * @param revision number of this answer, from 1
 * @param response QTI response variables as the page sent them
 * @param savedWall wall clock of the save, epoch milliseconds
 * @param ops the last few saves, newest first: a repeated one is answered again, not saved again
 * @param versions earlier answers that can be restored, newest first; every save of all is at the
 *     centre and in the ledger
 */
public record ItemAnswer(
        long revision,
        Map<String, List<String>> response,
        long savedWall,
        List<Op> ops,
        List<Version> versions) {
    /** So many saves of one item are recognised when they come again. */
    public static final int OPS_MAX = 4;

    /** So many earlier answers are kept at hand. */
    public static final int VERSIONS_MAX = 10;

    /** Characters of all versions of one item that are kept at hand. */
    public static final int VERSION_CHARS_MAX = 48_000;

    /** While someone types, a save this soon after the last is the same version. */
    public static final long VERSION_MILLIS = 20_000;

    /** A page's save and the revision it got. */
    public record Op(String op, long revision) {}

    /** An earlier answer. */
    public record Version(long revision, Map<String, List<String>> response, long savedWall) {
        int chars() {
            return response.values().stream().flatMap(List::stream).mapToInt(String::length).sum();
        }
    }

    static ItemAnswer after(Optional<ItemAnswer> before, RoomFact.AnswerSaved fact, long wall) {
        var op = new Op(fact.op(), fact.revision());
        return new ItemAnswer(
                fact.revision(),
                fact.response(),
                wall,
                pushed(before.map(ItemAnswer::ops).orElse(List.of()), op),
                before.map(known -> known.versionsBefore(wall)).orElse(List.of()));
    }

    /** The revision that this save got; empty when it is not one of the last few. */
    public OptionalLong revisionOf(String op) {
        for (Op known : ops) {
            if (known.op().equals(op)) {
                return OptionalLong.of(known.revision());
            }
        }
        return OptionalLong.empty();
    }

    /**
     * The versions once a newer answer replaces this one: it becomes a version if it stood for a
     * while, or if the last version is a while ago.
     */
    private List<Version> versionsBefore(long wall) {
        boolean due =
                versions.isEmpty()
                        || Math.abs(wall - savedWall) >= VERSION_MILLIS
                        || Math.abs(savedWall - versions.get(0).savedWall()) >= VERSION_MILLIS;
        if (!due) {
            return versions;
        }
        List<Version> kept = new ArrayList<>(VERSIONS_MAX);
        kept.add(new Version(revision, response, savedWall));
        int chars = kept.get(0).chars();
        for (Version version : versions) {
            chars += version.chars();
            if (kept.size() < VERSIONS_MAX && chars <= VERSION_CHARS_MAX) {
                kept.add(version);
            }
        }
        return List.copyOf(kept);
    }

    private static List<Op> pushed(List<Op> ops, Op newest) {
        List<Op> kept = new ArrayList<>(OPS_MAX);
        kept.add(newest);
        for (Op op : ops) {
            if (kept.size() < OPS_MAX) {
                kept.add(op);
            }
        }
        return List.copyOf(kept);
    }
}
