package io.invigil.provisioning.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What one candidate was promised: every save that the node acknowledged, and the hand-in's
 * receipt. It is the candidate's own record, kept outside the node. Thread-safe.
 */
final class CandidateRecord {
    private final long sitting;
    private final List<Acknowledged> saves = new ArrayList<>();
    private Optional<String> answersDigest = Optional.empty();
    private boolean started;

    CandidateRecord(long sitting) {
        this.sitting = sitting;
    }

    /**
     * One acknowledged save.
     *
     * @param response JSON of the response exactly as it was sent
     */
    record Acknowledged(String item, String op, long revision, String response) {}

    synchronized void saved(Acknowledged save) {
        saves.add(save);
    }

    synchronized void started() {
        started = true;
    }

    synchronized void handedIn(String digest) {
        answersDigest = Optional.of(digest);
    }

    long sitting() {
        return sitting;
    }

    synchronized boolean hasStarted() {
        return started;
    }

    synchronized List<Acknowledged> saves() {
        return List.copyOf(saves);
    }

    synchronized Optional<String> answersDigest() {
        return answersDigest;
    }
}
