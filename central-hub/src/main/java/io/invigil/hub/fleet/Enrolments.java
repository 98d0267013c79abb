package io.invigil.hub.fleet;

import io.invigil.appliance.db.Database;
import io.invigil.appliance.db.Tx;
import io.invigil.hub.audit.Audit;
import io.invigil.hub.audit.AuditActor;
import io.invigil.hub.broker.MqttIdentity;
import io.invigil.hub.organisation.TenantId;
import io.invigil.protocol.crypto.Digest;
import io.invigil.protocol.crypto.Entropy;
import io.invigil.protocol.crypto.SealPublicKey;
import io.invigil.protocol.crypto.VerifyKey;
import io.invigil.protocol.fact.NodeId;
import io.invigil.protocol.trust.EnrolmentReply;
import io.invigil.protocol.trust.EnrolmentRequest;
import io.invigil.protocol.trust.RenewalRequest;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Lets nodes in (XSP/1 section 10): a request that knows a claim's code and proves its keys gets
 * certificates, a name and the trust root. Over HTTPS and as a file, the same bytes. Thread-safe.
 */
public final class Enrolments {
    private final Database database;
    private final TenantId tenant;
    private final RealmKeys realm;
    private final FleetDirectory directory;
    private final Addresses addresses;
    private final Clock clock;
    private final Entropy entropy;
    private final FleetStore store = new FleetStore();
    private final NodeKeyStore keys = new NodeKeyStore();
    private final Audit audit = new Audit();

    /**
     * Where nodes find this hub.
     *
     * @param hubUrl base of {@code /x1/…}
     * @param mqttUri such as {@code ssl://hub.example:8883}
     */
    public record Addresses(String hubUrl, String mqttUri) {}

    public Enrolments(
            Database database,
            TenantId tenant,
            RealmKeys realm,
            FleetDirectory directory,
            Addresses addresses,
            Clock clock,
            Entropy entropy) {
        this.database = database;
        this.tenant = tenant;
        this.realm = realm;
        this.directory = directory;
        this.addresses = addresses;
        this.clock = clock;
        this.entropy = entropy;
    }

    /** What came of a request. */
    public sealed interface Outcome {
        /**
         * @param reply bytes for the node
         */
        @SuppressWarnings("ArrayRecordComponent")
        record Enrolled(SiteNode node, byte[] reply) implements Outcome {}

        record Refused(EnrolmentRefusal reason) implements Outcome {}
    }

    /** The keys and names of a request, checked. */
    private record Checked(PublicKey client, PublicKey server, ServerNames names) {}

    /**
     * Judges a request. The same request again, as after a lost answer, is answered again while the
     * claim has not expired.
     */
    public Outcome enrol(byte[] json) {
        Optional<EnrolmentRequest.Received> read = EnrolmentRequest.read(json);
        if (read.isEmpty()) {
            return refused(EnrolmentRefusal.ENROL_MALFORMED);
        }
        EnrolmentRequest.Received received = read.get();
        Outcome outcome = database.inTransaction(tx -> decide(tx, received));
        if (outcome instanceof Outcome.Enrolled) {
            directory.refresh();
        }
        return outcome;
    }

    /**
     * Gives an enrolled node new certificates: its record key vouches for it, so that an expired
     * certificate strands nobody (fault row 52). The old ones stay valid until they run out.
     */
    public Outcome renew(byte[] envelope) {
        Instant now = clock.instant();
        Outcome outcome =
                database.inTransaction(
                        tx ->
                                RenewalRequest.read(
                                                envelope,
                                                realm.realm(),
                                                node -> inForce(tx, node).map(SiteNode::recordKey))
                                        .map(received -> renew(tx, received, now))
                                        .orElseGet(
                                                () ->
                                                        refused(
                                                                EnrolmentRefusal
                                                                        .ENROL_RENEWAL_REFUSED)));
        if (outcome instanceof Outcome.Enrolled) {
            directory.refresh();
        }
        return outcome;
    }

    private Outcome renew(Tx tx, RenewalRequest.Received received, Instant now) {
        RenewalRequest request = received.request();
        SiteNode node = inForce(tx, new NodeId(request.node())).orElseThrow();
        return switch (check(
                request.clientCsrDer(), request.serverCsrDer(), request.serverNames())) {
            case Checking.Wrong wrong -> refused(wrong.reason());
            case Checking.Right right -> {
                record(tx, node, Map.of("renewed", now));
                yield issue(tx, node, right.checked(), received.digest(), now);
            }
        };
    }

    private Optional<SiteNode> inForce(Tx tx, NodeId node) {
        return store.node(tx, tenant, node).filter(found -> found.revoked().isEmpty());
    }

    /** Whether keys are proven and names are names. */
    private sealed interface Checking {
        record Right(Checked checked) implements Checking {}

        record Wrong(EnrolmentRefusal reason) implements Checking {}
    }

    private static Checking check(byte[] clientCsr, byte[] serverCsr, List<String> serverNames) {
        Optional<PublicKey> client = Keys.provenKey(clientCsr);
        Optional<PublicKey> server = Keys.provenKey(serverCsr);
        if (client.isEmpty() || server.isEmpty() || client.equals(server)) {
            return new Checking.Wrong(EnrolmentRefusal.ENROL_CSR_REFUSED);
        }
        try {
            ServerNames names = ServerNames.of(serverNames);
            return new Checking.Right(new Checked(client.get(), server.get(), names));
        } catch (IllegalArgumentException notNames) {
            return new Checking.Wrong(EnrolmentRefusal.ENROL_NAMES_REFUSED);
        }
    }

    private Outcome decide(Tx tx, EnrolmentRequest.Received received) {
        EnrolmentRequest request = received.request();
        Instant now = clock.instant();
        Optional<Claim> claim =
                store.claim(tx, tenant, request.claimId())
                        .filter(c -> received.proves(c.proofKey()));
        if (claim.isEmpty()) {
            return refused(EnrolmentRefusal.ENROL_CLAIM_UNKNOWN);
        }
        if (!now.isBefore(claim.get().expiresAt())) {
            return refused(EnrolmentRefusal.ENROL_CLAIM_EXPIRED);
        }
        String digest = received.digest().hex();
        boolean again =
                claim.get().used().map(use -> use.requestDigest().equals(digest)).orElse(false);
        if (claim.get().used().isPresent() && !again) {
            return refused(EnrolmentRefusal.ENROL_CLAIM_USED);
        }
        Checking checking =
                check(request.clientCsrDer(), request.serverCsrDer(), request.serverNames());
        if (checking instanceof Checking.Wrong wrong) {
            return refused(wrong.reason());
        }
        Checked checked = ((Checking.Right) checking).checked();
        if (!again && !store.useClaim(tx, tenant, claim.get().id(), digest, now)) {
            return refused(EnrolmentRefusal.ENROL_CLAIM_USED);
        }
        if (!again) {
            // whatever box had this name before has lost it now
            keys.revokeAll(tx, tenant, claim.get().node(), now);
        }
        return let(tx, received, claim.get(), checked, now);
    }

    private Outcome let(
            Tx tx, EnrolmentRequest.Received received, Claim claim, Checked checked, Instant now) {
        EnrolmentRequest request = received.request();
        VerifyKey recordKey = VerifyKey.ofHex(request.verifyKey());
        SealPublicKey sealKey = SealPublicKey.ofHex(request.sealKey());
        SiteNode node =
                new SiteNode(
                        claim.node(),
                        claim.site(),
                        claim.siteName(),
                        claim.rooms(),
                        recordKey,
                        sealKey,
                        request.serverNames(),
                        request.software(),
                        now,
                        now,
                        false,
                        Optional.empty());
        store.saveNode(tx, tenant, node);
        record(tx, node, Map.of("enrolled", now, "rooms", node.rooms()));
        keys.addKey(tx, tenant, node.id(), recordKey, now);
        return issue(tx, node, checked, received.digest(), now);
    }

    private void record(Tx tx, SiteNode node, Map<String, ?> what) {
        AuditActor itself = AuditActor.itself(tenant.value(), "enrolment");
        audit.created(tx, itself, "node", node.id(), what);
    }

    private Outcome issue(Tx tx, SiteNode node, Checked checked, Digest request, Instant now) {
        MqttIdentity identity = MqttIdentity.node(realm.realm(), node.id());
        List<X509Certificate> client =
                realm.authority()
                        .issueClient(identity.commonName(), identity.urn(), checked.client());
        List<X509Certificate> server =
                realm.authority().issueServer(node.id().value(), checked.server(), checked.names());
        keys.addCertificate(tx, tenant, node.id(), "CLIENT", client.getFirst(), now);
        keys.addCertificate(tx, tenant, node.id(), "SERVER", server.getFirst(), now);
        EnrolmentReply reply =
                EnrolmentReply.of(
                        realm.realm(),
                        node.id(),
                        node.siteName(),
                        request,
                        Keys.pem(client),
                        Keys.pem(server),
                        addresses.hubUrl(),
                        addresses.mqttUri(),
                        now);
        byte[] bytes =
                reply.write(
                        realm.trustRoots().getLast(), realm.manifest(), node.sealKey(), entropy);
        return new Outcome.Enrolled(node, bytes);
    }

    private static Outcome refused(EnrolmentRefusal reason) {
        return new Outcome.Refused(reason);
    }
}
