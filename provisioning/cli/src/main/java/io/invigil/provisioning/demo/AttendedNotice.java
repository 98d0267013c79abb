package io.invigil.provisioning.demo;

import java.time.Duration;
import java.time.format.DateTimeFormatter;
import java.util.List;

/** What a person reads when the demonstration is up: where to go and who to be. */
final class AttendedNotice {
    private static final int CANDIDATES_SHOWN = 4;
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm").withZone(SampleLoading.ZONE);

    private AttendedNotice() {}

    static void print(DemoWorld world, Duration took) {
        SampleExam sample = world.sample();
        StringBuilder text = new StringBuilder();
        text.append(
                """

                ──────────────────────────────────────────────────────────────────────────────
                 Invigil 考场通 is up (%d s). Browsers will warn once: the certificates are those
                 of a practice realm. The CA to trust is at http://localhost:%d/ca.crt

                 centre    https://localhost:%d/
                """
                        .formatted(
                                took.toSeconds(),
                                world.nodes().getFirst().httpPort(),
                                world.hubPort()));
        text.append("             %-14s %-10s %s%n".formatted("login", "password", ""));
        text.append("             %-14s %s%n".formatted("body", "body-practice-2026"));
        for (SampleExam.Account account : sample.accounts()) {
            if (account.where().equals("hub")) {
                text.append(
                        "             %-14s %s%n".formatted(account.login(), account.password()));
            }
        }
        for (NodeProcess node : world.nodes()) {
            text.append(
                    """

                     room %s   https://localhost:%d/        proctors: https://localhost:%d/staff
                    """
                            .formatted(node.node().room(), node.httpsPort(), node.httpsPort()));
            text.append("             proctor        proctor-practice-2026%n".formatted());
            text.append("             technician     technician-practice-2026%n".formatted());
            List<SampleExam.Seat> seats =
                    sample.seats().stream()
                            .filter(seat -> seat.room().equals(node.node().room()))
                            .limit(CANDIDATES_SHOWN)
                            .toList();
            for (SampleExam.Seat seat : seats) {
                text.append(
                        "             candidate      %s  PIN %s  seat %d  %s%n"
                                .formatted(
                                        seat.admissionNumber(),
                                        seat.pin(),
                                        seat.seat(),
                                        seat.name()));
            }
        }
        text.append(
                """

                 The exam's slot is %s to %s. As proctor: ready, open check-in, check candidates
                 in, start. Then log in as a candidate. Ctrl-C ends everything.
                ──────────────────────────────────────────────────────────────────────────────
                """
                        .formatted(TIME.format(sample.start()), TIME.format(sample.end())));
        System.out.println(text);
    }
}
