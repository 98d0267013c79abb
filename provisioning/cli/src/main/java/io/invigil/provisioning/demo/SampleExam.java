package io.invigil.provisioning.demo;

import io.invigil.hub.candidate.CandidateId;
import java.time.Instant;
import java.util.List;

/**
 * What the demonstration's exam consists of, after it was loaded.
 *
 * @param accounts logins of people, for the console
 * @param nodes the rooms' servers with the codes that enrol them
 * @param candidates everyone registered, in the order of the import
 */
record SampleExam(
        String planNumber,
        long slot,
        Instant start,
        Instant end,
        List<Account> accounts,
        List<Node> nodes,
        List<CandidateId> candidates) {

    SampleExam {
        accounts = List.copyOf(accounts);
        nodes = List.copyOf(nodes);
        candidates = List.copyOf(candidates);
    }

    /** One login; {@code where} names the server it is for. */
    record Account(String where, String role, String login, String password) {}

    /** A room server to be enrolled. */
    record Node(String name, String room, String claimCode) {}
}
