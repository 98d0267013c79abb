package io.invigil.site.technician;

import io.invigil.protocol.trust.ClaimCode;
import io.invigil.protocol.trust.EnrolmentReply;
import io.invigil.protocol.trust.EnrolmentRequest;
import io.invigil.protocol.trust.TrustBundle;
import io.invigil.protocol.trust.TrustRoot;
import io.invigil.protocol.trust.TrustVerdict;
import io.invigil.protocol.trust.TrustWalk;
import io.invigil.site.technician.EnrolDecision.Reason;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/**
 * Makes a fresh node a node of a realm (XSP/1 section 10). The claim code names the root of trust:
 * the node fetches the trust root, checks it against the code and only then sends its request, over
 * TLS anchored in the CA that the trust root names. Used by one thread at a time.
 */
public final class Enrolment {
    private final NodeKeys keys;
    private final Path identityFile;
    private final List<String> serverNames;
    private final String software;
    private final Clock clock;

    /**
     * @param serverNames DNS names and addresses under which lab PCs reach this node
     */
    public Enrolment(
            NodeKeys keys,
            Path identityFile,
            List<String> serverNames,
            String software,
            Clock clock) {
        this.keys = keys;
        this.identityFile = identityFile;
        this.serverNames = List.copyOf(serverNames);
        this.software = software;
        this.clock = clock;
    }

    /** The whole way over HTTPS. */
    public EnrolDecision enrol(String typedCode, String hubAddress) {
        Optional<ClaimCode> claim = ClaimCode.parse(typedCode);
        if (claim.isEmpty()) {
            return refused(Reason.CLAIM_CODE_MALFORMED, "");
        }
        Optional<URI> hub = address(hubAddress);
        if (hub.isEmpty()) {
            return refused(Reason.HUB_ADDRESS_MALFORMED, "");
        }
        if (NodeIdentity.read(identityFile).isPresent()) {
            return refused(Reason.ALREADY_ENROLLED, "");
        }
        try {
            Optional<TrustRoot> root = fetchRoot(claim.get(), hub.get());
            return root.isPresent()
                    ? ask(claim.get(), hub.get(), root.get())
                    : refused(Reason.HUB_NOT_OF_CLAIM, hub.get().toString());
        } catch (IOException unreachable) {
            return refused(Reason.HUB_UNREACHABLE, String.valueOf(unreachable.getMessage()));
        }
    }

    /** The request as a file for a stick. The reply is read by {@link #accept}. */
    public byte[] request(ClaimCode claim) {
        return EnrolmentRequest.of(
                        claim,
                        keys.signing().verifyKey(),
                        keys.seal().publicKey(),
                        NodeCertificates.request(keys.client(), "invigil-node"),
                        NodeCertificates.request(keys.server(), "invigil-node"),
                        serverNames,
                        software,
                        clock.instant())
                .write(keys.signing(), claim);
    }

    /** Judges a reply to exactly this request, and keeps the identity when it is good. */
    public EnrolDecision accept(ClaimCode claim, byte[] request, byte[] reply) {
        return switch (EnrolmentReply.read(reply, claim, keys.seal(), request)) {
            case EnrolmentReply.Outcome.Refused refused ->
                    refused(Reason.REPLY_REFUSED, refused.reason() + " " + refused.detail());
            case EnrolmentReply.Outcome.Enrolled enrolled -> {
                NodeIdentity identity =
                        NodeIdentity.of(enrolled.reply(), enrolled.trustRootEnvelope());
                identity.write(identityFile);
                yield new EnrolDecision.Enrolled(identity);
            }
        };
    }

    private EnrolDecision ask(ClaimCode claim, URI hub, TrustRoot root) throws IOException {
        byte[] request = request(claim);
        try (HubHttp http = new HubHttp(hub, HubTls.anchored(root.caDer()))) {
            HubHttp.Answer answer = http.post("/x1/enrol", request, EnrolmentReply.BYTES_MAX);
            if (!answer.ok()) {
                return refused(Reason.CLAIM_REFUSED, "the hub answered " + answer.status());
            }
            return accept(claim, request, answer.body());
        }
    }

    private static Optional<TrustRoot> fetchRoot(ClaimCode claim, URI hub) throws IOException {
        try (HubHttp http = new HubHttp(hub, HubTls.unauthenticated())) {
            HubHttp.Answer answer = http.get("/x1/trust", TrustBundle.BYTES_MAX);
            if (!answer.ok()) {
                throw new IOException("the hub answered " + answer.status());
            }
            Optional<TrustBundle> bundle = TrustBundle.read(answer.body());
            List<byte[]> roots = bundle.map(TrustBundle::rootEnvelopes).orElse(List.of());
            for (byte[] envelope : roots) {
                if (TrustWalk.first(claim, envelope) instanceof TrustVerdict.Trusted trusted) {
                    return Optional.of(trusted.root());
                }
            }
            return Optional.empty();
        }
    }

    private static Optional<URI> address(String text) {
        try {
            URI uri = URI.create(text.strip());
            boolean good = "https".equals(uri.getScheme()) && uri.getHost() != null;
            return good ? Optional.of(uri) : Optional.empty();
        } catch (IllegalArgumentException notAnAddress) {
            return Optional.empty();
        }
    }

    private static EnrolDecision refused(Reason reason, String detail) {
        return new EnrolDecision.Refused(reason, detail);
    }
}
