package io.invigil.provisioning.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What one candidate was promised: every save that the node acknowledged, and the hand-in's
 * receipt. It is the candidate's own record, kept outside the node. Thread-safe.
 */
public final class CandidateRecord {
    private final long sitting;
    private final List<Acknowledged> saves = new ArrayList<>();
    private Optional<String> answersDigest = Optional.empty();
    private boolean started;

    public CandidateRecord(long sitting) {
        this.sitting = sitting;
    }

    /**
     * One acknowledged save.
     *
     * @param response JSON of the response exactly as it was sent
     */
    public record Acknowledged(String item, String op, long revision, String response) {}

    public synchronized void saved(Acknowledged save) {
        saves.add(save);
    }

    public synchronized void started() {
        started = true;
    }

    public synchronized void handedIn(String digest) {
        answersDigest = Optional.of(digest);
    }

    public long sitting() {
        return sitting;
    }

    public synchronized boolean hasStarted() {
        return started;
    }

    public synchronized List<Acknowledged> saves() {
        return List.copyOf(saves);
    }

    public synchronized Optional<String> answersDigest() {
        return answersDigest;
    }
}
