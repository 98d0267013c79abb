package io.invigil.hub.pack;

import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.invigil.appliance.data.BlobStore;
import io.invigil.appliance.db.Database;
import io.invigil.appliance.web.HttpPages;
import io.invigil.appliance.web.Problem;
import io.invigil.appliance.web.Reply;
import io.invigil.appliance.web.Visit;
import io.invigil.appliance.web.limit.Throttle;
import io.invigil.hub.fleet.Enrolments;
import io.invigil.hub.fleet.FleetDirectory;
import io.invigil.hub.fleet.TrustStatements;
import io.invigil.hub.ingest.Downlink;
import io.invigil.hub.organisation.TenantId;
import io.invigil.protocol.crypto.Digest;
import io.invigil.protocol.fact.NodeId;
import io.invigil.protocol.json.Json;
import io.invigil.protocol.manifest.ManifestList;
import io.invigil.protocol.receipt.HubCommandList;
import io.invigil.protocol.trust.EnrolmentRequest;
import io.invigil.protocol.trust.RenewalRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What nodes ask of the hub over HTTPS (XSP/1 sections 8 and 10). Enrolment and trust are open to
 * everyone, since both prove themselves; the rest needs the client certificate of a node in force.
 */
public final class NodeApi implements HttpService {
    private static final String JSON = "application/json";
    private static final String BINARY = "application/octet-stream";
    private static final Pattern RANGE = Pattern.compile("bytes=(\\d{1,12})-");

    private final HttpPages pages;
    private final Database database;
    private final TenantId tenant;
    private final FleetDirectory directory;
    private final Enrolments enrolments;
    private final TrustStatements trust;
    private final BlobStore blobs;
    private final List<Downlink> downlinks;
    private final Throttle throttle;
    private final PackageStore store = new PackageStore();

    /**
     * @param downlinks what waits for nodes that ask
     * @param throttle of enrolments, by address
     */
    public NodeApi(
            HttpPages pages,
            Database database,
            TenantId tenant,
            FleetDirectory directory,
            Enrolments enrolments,
            TrustStatements trust,
            BlobStore blobs,
            List<Downlink> downlinks,
            Throttle throttle) {
        this.pages = pages;
        this.database = database;
        this.tenant = tenant;
        this.directory = directory;
        this.enrolments = enrolments;
        this.trust = trust;
        this.blobs = blobs;
        this.downlinks = List.copyOf(downlinks);
        this.throttle = throttle;
    }

    @Override
    public void routing(HttpRules rules) {
        rules.post("/x1/enrol", pages.stateless(this::enrol))
                .post("/x1/renew", pages.stateless(this::renew))
                .get("/x1/trust", pages.stateless(visit -> json(trust.bundle())))
                .get("/x1/commands", pages.stateless(this::commands))
                .get("/x1/manifests", pages.stateless(this::list))
                .get("/x1/manifests/{exam}", pages.stateless(this::manifest))
                .get("/x1/parts/{sha256}", pages.stateless(this::part));
    }

    private Reply enrol(Visit visit) {
        if (!throttle.allow(visit.address())) {
            return Reply.problem(Problem.of(429, "TOO_MANY_REQUESTS"));
        }
        return answer(enrolments.enrol(visit.body(EnrolmentRequest.BYTES_MAX)));
    }

    /** Open to everyone too: the record key's signature is the proof, an old certificate none. */
    private Reply renew(Visit visit) {
        if (!throttle.allow(visit.address())) {
            return Reply.problem(Problem.of(429, "TOO_MANY_REQUESTS"));
        }
        return answer(enrolments.renew(visit.body(RenewalRequest.BYTES_MAX)));
    }

    private static Reply answer(Enrolments.Outcome outcome) {
        return switch (outcome) {
            case Enrolments.Outcome.Enrolled enrolled -> Reply.bytes(JSON, enrolled.reply());
            case Enrolments.Outcome.Refused refused ->
                    Reply.json(new Refusal(refused.reason().name()))
                            .status(refused.reason().status());
        };
    }

    /** Code of a refusal, for the node to show. */
    private record Refusal(String code) {}

    private Reply list(Visit visit) {
        Optional<NodeId> node = caller(visit);
        if (node.isEmpty()) {
            return unknownNode();
        }
        List<ManifestList.Entry> entries =
                database.inTransaction(tx -> store.ofNode(tx, tenant, node.get())).stream()
                        .limit(ManifestList.ENTRIES_MAX)
                        .map(p -> new ManifestList.Entry(p.exam(), p.version(), p.digest().hex()))
                        .toList();
        return json(new ManifestList(entries));
    }

    /** What other carriers lost, or never reached; the node verifies each as if by the broker. */
    private Reply commands(Visit visit) {
        Optional<NodeId> node = caller(visit);
        if (node.isEmpty()) {
            return unknownNode();
        }
        List<byte[]> waiting =
                downlinks.stream()
                        .flatMap(downlink -> downlink.waiting(node.get()).stream())
                        .limit(HubCommandList.MESSAGES_MAX)
                        .toList();
        return json(new HubCommandList(waiting));
    }

    private Reply manifest(Visit visit) {
        Optional<NodeId> node = caller(visit);
        if (node.isEmpty()) {
            return unknownNode();
        }
        String exam = visit.path("exam");
        Optional<byte[]> envelope =
                database.inTransaction(
                        tx -> {
                            Optional<ExamPackage> found =
                                    store.find(tx, tenant, exam)
                                            .filter(p -> p.node().equals(node.get()));
                            found.ifPresent(p -> store.fetched(tx, tenant, exam, p.version()));
                            return found.flatMap(p -> store.manifest(tx, tenant, exam));
                        });
        return envelope.map(bytes -> Reply.bytes(JSON, bytes)).orElseGet(Reply::notFound);
    }

    private Reply part(Visit visit) {
        Optional<NodeId> node = caller(visit);
        if (node.isEmpty()) {
            return unknownNode();
        }
        String name = visit.path("sha256");
        if (!name.matches("[0-9a-f]{64}")) {
            return Reply.notFound();
        }
        Digest digest = Digest.ofHex(name);
        boolean may = database.inTransaction(tx -> store.mayFetch(tx, tenant, node.get(), digest));
        Optional<Long> length = may ? length(digest) : Optional.empty();
        if (length.isEmpty()) {
            return Reply.notFound();
        }
        Matcher range = RANGE.matcher(visit.header("Range").orElse(""));
        long offset = range.matches() ? Long.parseLong(range.group(1)) : 0;
        if (offset > 0 && offset >= length.get()) {
            return Reply.problem(Problem.of(416, "RANGE_NOT_SATISFIABLE"));
        }
        Reply reply = Reply.stream(BINARY, out -> copy(digest, offset, out));
        return offset == 0
                ? reply
                : reply.status(206)
                        .header(
                                "Content-Range",
                                "bytes " + offset + "-" + (length.get() - 1) + "/" + length.get());
    }

    private Optional<Long> length(Digest digest) {
        try {
            return blobs.length(digest);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void copy(Digest digest, long offset, java.io.OutputStream out) throws IOException {
        Optional<InputStream> content = blobs.open(digest);
        if (content.isEmpty()) {
            throw new IOException("the part is gone");
        }
        try (InputStream in = content.get()) {
            in.skipNBytes(offset);
            in.transferTo(out);
        }
    }

    private Optional<NodeId> caller(Visit visit) {
        return visit.clientCertificate().flatMap(directory::admitted);
    }

    private static Reply unknownNode() {
        return Reply.json(new Refusal("NODE_NOT_ADMITTED")).status(403);
    }

    private static Reply json(Object value) {
        return Reply.bytes(JSON, Json.write(value));
    }
}
