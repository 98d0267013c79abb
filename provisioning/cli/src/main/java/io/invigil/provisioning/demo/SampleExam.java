package io.invigil.provisioning.demo;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What the demonstration's exam consists of, after it was loaded.
 *
 * @param accounts logins of people, for the console
 * @param nodes the rooms' servers with the codes that enrol them
 * @param seats everyone's seat, by sitting
 * @param rightAnswers item to response: what the played candidates have learnt; no node gets it
 */
public record SampleExam(
        String planNumber,
        long slot,
        Instant start,
        Instant end,
        List<Account> accounts,
        List<Node> nodes,
        List<Seat> seats,
        Map<String, Map<String, List<String>>> rightAnswers) {

    public SampleExam {
        accounts = List.copyOf(accounts);
        nodes = List.copyOf(nodes);
        seats = List.copyOf(seats);
        rightAnswers = Map.copyOf(rightAnswers);
    }

    /** One login; {@code where} names the server it is for. */
    public record Account(String where, String role, String login, String password) {}

    /** What a desk sticker says, and the ID card beside it. */
    public record Seat(
            long sitting,
            String room,
            int seat,
            String name,
            String admissionNumber,
            String idNumber,
            String pin) {}

    /**
     * A room server to be enrolled.
     *
     * @param rooms one, or several when so many people do not fit into one
     */
    public record Node(String name, List<String> rooms, String claimCode) {
        public Node {
            rooms = List.copyOf(rooms);
        }

        /** The room, or the first of several. */
        public String room() {
            return rooms.getFirst();
        }

        public boolean serves(Seat seat) {
            return rooms.contains(seat.room());
        }
    }
}
