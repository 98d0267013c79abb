package io.invigil.protocol.ledger.device;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which devices held every durable record from this generation on. Written to all of them before
 * the ledger goes on without the other, so that a device that was left behind is known as stale.
 *
 * @param generation rises by one with every change
 * @param members volume ids
 */
public record Membership(long generation, Set<String> members) {
    public static final String FILE = "members.json";
    public static final Membership NONE = new Membership(0, Set.of());

    public Membership {
        members = Set.copyOf(members);
    }

    /** The membership after this one. */
    public Membership next(Set<String> nextMembers) {
        return new Membership(generation + 1, nextMembers);
    }

    /** Reads the record; empty when missing or damaged. */
    public static Optional<Membership> read(LedgerFs fs, List<String> names) throws IOException {
        return CheckedFile.read(fs, names, FILE, Wire.class)
                .map(wire -> new Membership(wire.generation, Set.copyOf(wire.members)));
    }

    public void write(LedgerFs fs) throws IOException {
        CheckedFile.write(fs, FILE, new Wire(generation, List.copyOf(new TreeSet<>(members))));
    }

    private record Wire(long generation, List<String> members) {
        Wire {
            members = List.copyOf(members);
        }
    }
}
