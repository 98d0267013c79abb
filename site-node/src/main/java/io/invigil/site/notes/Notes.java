package io.invigil.site.notes;

import com.fasterxml.jackson.core.type.TypeReference;
import io.invigil.appliance.data.KeyFile;
import io.invigil.appliance.data.KeyFileDamaged;
import io.invigil.exam.room.AttemptKey;
import io.invigil.exam.room.RoomFact;
import io.invigil.exam.room.RoomPhase;
import io.invigil.exam.room.StampedFact;
import io.invigil.protocol.json.Json;
import io.invigil.site.pack.ActivePackages;
import io.invigil.site.pack.ExamPackage;
import io.invigil.site.room.core.ExamState;
import io.invigil.site.room.core.RoomState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Notes by attempt, each an encrypted file of its own under the data key. Thread-safe. */
public final class Notes {
    public static final int NOTE_CHARS_MAX = 2_000;

    /** All notes of an attempt as JSON; a key file holds no more. */
    public static final int ATTEMPT_BYTES_MAX = 60_000;

    private static final int ATTEMPTS_MAX = 31;
    private static final TypeReference<TreeMap<String, String>> FORM = new TypeReference<>() {};

    private final KeyFile files;
    private final ActivePackages packages;

    /**
     * @param files a private directory of their own
     */
    public Notes(KeyFile files, ActivePackages packages) {
        this.files = files;
        this.packages = packages;
    }

    /** All notes of an attempt by item; a damaged file is as none. */
    public synchronized Map<String, String> of(long attempt) {
        try {
            Optional<byte[]> json = files.load(name(attempt));
            return json.isPresent() ? Json.mapper().readValue(json.get(), FORM) : Map.of();
        } catch (KeyFileDamaged | IOException damaged) {
            return Map.of();
        }
    }

    /**
     * Replaces the note to an item; an empty one goes.
     *
     * @return whether it was kept; false when the attempt's notes are too long or the disk is full
     */
    public synchronized boolean put(long attempt, String item, String text) {
        Map<String, String> notes = new TreeMap<>(of(attempt));
        if (text.isEmpty()) {
            notes.remove(item);
        } else {
            notes.put(item, text);
        }
        byte[] json = Json.write(notes);
        if (text.length() > NOTE_CHARS_MAX || json.length > ATTEMPT_BYTES_MAX) {
            return false;
        }
        try {
            files.store(name(attempt), json);
            return true;
        } catch (UncheckedIOException full) {
            return false;
        }
    }

    /** Listens to the room: the notes of a closed exam go. */
    public void published(RoomState state, List<StampedFact> facts, boolean gap) {
        boolean closes =
                gap
                        || facts.stream()
                                .map(StampedFact::fact)
                                .anyMatch(
                                        fact ->
                                                fact instanceof RoomFact.PhaseChanged changed
                                                        && changed.to() == RoomPhase.CLOSED);
        if (closes) {
            forgetClosed(state);
        }
    }

    /** Also after a start, because a kill may have come between closing and forgetting. */
    public synchronized void forgetClosed(RoomState state) {
        for (ExamState exam : state.exams().values()) {
            if (exam.phase() == RoomPhase.CLOSED) {
                packages.exam(exam.exam()).ifPresent(this::forget);
            }
        }
    }

    private void forget(ExamPackage pack) {
        pack.roster()
                .entries()
                .forEach(
                        entry -> {
                            for (int number = 1; number <= ATTEMPTS_MAX; number++) {
                                String name = name(new AttemptKey(entry.sitting(), number).value());
                                if (files.holds(name)) {
                                    files.delete(name);
                                }
                            }
                        });
    }

    private static String name(long attempt) {
        return "notes-" + attempt;
    }
}
