package io.invigil.hub.ingest;

import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.invigil.appliance.web.HttpPages;
import io.invigil.appliance.web.Problem;
import io.invigil.appliance.web.Reply;
import io.invigil.appliance.web.Visit;
import io.invigil.protocol.fact.EpochId;
import io.invigil.protocol.fact.FactRecord;
import io.invigil.protocol.fact.Lane;
import io.invigil.protocol.fact.NodeId;
import io.invigil.protocol.hub.HubStore;
import io.invigil.protocol.json.Json;
import io.invigil.protocol.receipt.HeldRecords;
import io.invigil.protocol.receipt.LaneKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What damage took from a node's disks, back from what it once sent (XSP-129; fault row 84). A node
 * gets its own records only; there are no others under its name. Thread-safe.
 */
public final class RecordsApi implements HttpService {
    private static final int NUMBER_CHARS_MAX = 18;

    private final HttpPages pages;
    private final HubStore store;
    private final Function<X509Certificate, Optional<NodeId>> admitted;

    /**
     * @param admitted the node of a client certificate that is in force
     */
    public RecordsApi(
            HttpPages pages, HubStore store, Function<X509Certificate, Optional<NodeId>> admitted) {
        this.pages = pages;
        this.store = store;
        this.admitted = admitted;
    }

    @Override
    public void routing(HttpRules rules) {
        rules.get("/x1/records/{epoch}/{lane}/{from}/{to}", pages.stateless(this::records));
    }

    private Reply records(Visit visit) {
        Optional<NodeId> node = visit.clientCertificate().flatMap(admitted);
        if (node.isEmpty()) {
            return Reply.problem(Problem.of(403, "NODE_NOT_ADMITTED"));
        }
        String epoch = visit.path("epoch");
        Optional<Lane> lane = Lane.ofCode(visit.path("lane"));
        long from = number(visit.path("from"));
        long to = number(visit.path("to"));
        if (!epoch.matches("[0-9a-f]{32}") || lane.isEmpty() || from < 1 || to < from) {
            return Reply.notFound();
        }
        LaneKey key = new LaneKey(new EpochId(epoch), lane.get());
        int most = (int) Math.min(HeldRecords.RECORDS_MAX, to - from + 1);
        List<FactRecord> found = store.inTransaction(tx -> tx.records(node.get(), key, from, most));
        return Reply.bytes("application/json", Json.write(HeldRecords.of(run(found, from, to))));
    }

    /** Those that follow each other from the number on. */
    private static List<FactRecord> run(List<FactRecord> found, long from, long to) {
        int length = 0;
        while (length < found.size()
                && found.get(length).seq() == from + length
                && found.get(length).seq() <= to) {
            length++;
        }
        return found.subList(0, length);
    }

    private static long number(String digits) {
        return digits.length() <= NUMBER_CHARS_MAX && digits.matches("[0-9]+")
                ? Long.parseLong(digits)
                : 0;
    }
}
