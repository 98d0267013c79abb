package io.invigil.acceptance.bench;

import io.invigil.provisioning.demo.SampleExam;
import io.invigil.site.rehearsal.KeptConnection;
import io.invigil.site.rehearsal.SimulatedCandidate;
import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;

/** A seat of the sample and who sits there: the candidate of the node's own rehearsals. */
record BenchCandidate(SampleExam.Seat seat, SimulatedCandidate candidate) implements AutoCloseable {

    /** Logs in, takes the right to write, starts, reads the paper. */
    static BenchCandidate started(SSLContext tls, int port, SampleExam.Seat seat)
            throws IOException {
        BenchCandidate arrived = arrived(tls, port, InetAddress.getLoopbackAddress(), seat);
        arrived.start();
        return arrived;
    }

    /** Opens the page and logs in, from a machine with this address. */
    static BenchCandidate arrived(
            SSLContext tls, int port, InetAddress machine, SampleExam.Seat seat)
            throws IOException {
        return new BenchCandidate(
                seat,
                SimulatedCandidate.loggedIn(
                        new KeptConnection(tls, port, machine),
                        seat.admissionNumber(),
                        seat.pin(),
                        String.valueOf(seat.seat())));
    }

    void start() throws IOException {
        candidate.start();
    }

    int snapshot(KeptConnection camera, byte[] jpeg) throws IOException {
        return candidate.snapshot(camera, jpeg);
    }

    void save() throws IOException {
        candidate.save();
    }

    void saveInto(KeptConnection discarding) throws IOException {
        candidate.saveInto(discarding);
    }

    void handIn() throws IOException {
        candidate.handIn();
    }

    KeptConnection sameVisitorAt(SSLContext tls, int port) throws IOException {
        return candidate.sameVisitorAt(tls, port);
    }

    /** The sitting, the first item and its response: what a save's fact is made of. */
    SavedAnswer sample() {
        SimulatedCandidate.Question first = candidate.sample();
        return new SavedAnswer(seat.sitting(), first.item(), first.response());
    }

    /** What the bare ledger is fed with. */
    record SavedAnswer(long sitting, String item, Map<String, List<String>> response) {}

    int saves() {
        return candidate.saves();
    }

    int savesOnTwoDevices() {
        return candidate.savesOnTwoDevices();
    }

    @Override
    public void close() throws IOException {
        candidate.close();
    }
}
