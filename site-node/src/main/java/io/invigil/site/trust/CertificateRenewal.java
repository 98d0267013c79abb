package io.invigil.site.trust;

import io.invigil.protocol.trust.EnrolmentReply;
import io.invigil.protocol.trust.RenewalRequest;
import io.invigil.site.technician.HubHttp;
import io.invigil.site.technician.HubTls;
import io.invigil.site.technician.NodeCertificates;
import io.invigil.site.technician.NodeKeys;
import io.invigil.site.technician.TrustKeeper;
import java.io.IOException;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Asks the hub for new certificates before the old ones end, and after: the node's record key
 * vouches for it, so that an expired certificate strands nobody (XSP/1 section 10, fault row 52).
 * The keys stay; only their certificates are new. One thread.
 */
public final class CertificateRenewal {
    /** Asked for so long before the first of the two certificates ends. */
    public static final Duration BEFORE_END = Duration.ofDays(30);

    /** After a refusal or without a line, asked again no sooner. */
    public static final Duration AGAIN_AFTER = Duration.ofMinutes(10);

    private final NodeKeys keys;
    private final TrustKeeper trust;
    private final List<String> serverNames;
    private final String software;
    private final Clock clock;
    private final Supplier<Optional<Instant>> trustedTime;
    private final Line line;
    private Instant notBefore = Instant.MIN;

    /** How the request reaches a hub. */
    @FunctionalInterface
    public interface Line {
        HubHttp.Answer post(byte[] request) throws IOException;
    }

    /**
     * @param trustedTime newest time that the hub vouches for: a clock that stands still is no
     *     reason to let certificates run out
     */
    public CertificateRenewal(
            NodeKeys keys,
            TrustKeeper trust,
            List<String> serverNames,
            String software,
            Clock clock,
            Supplier<Optional<Instant>> trustedTime,
            Line line) {
        this.keys = keys;
        this.trust = trust;
        this.serverNames = List.copyOf(serverNames);
        this.software = software;
        this.clock = clock;
        this.trustedTime = trustedTime;
        this.line = line;
    }

    /**
     * The way over HTTPS without a client certificate: an expired one would be refused before a
     * word is said.
     */
    public static Line overHttps(TrustKeeper trust) {
        return request -> {
            URI hub = URI.create(trust.identity().enrolment().hubUrl());
            try (HubHttp http = new HubHttp(hub, HubTls.anchored(trust.root().caDer()))) {
                return http.post("/x1/renew", request, EnrolmentReply.BYTES_MAX);
            }
        };
    }

    /** Renews when it is time. */
    public RenewalDecision ifDue() {
        Instant wall = clock.instant();
        Instant now = trustedTime.get().filter(t -> t.isAfter(wall)).orElse(wall);
        if (now.isBefore(notBefore) || now.isBefore(end().minus(BEFORE_END))) {
            return new RenewalDecision.NotDue();
        }
        notBefore = now.plus(AGAIN_AFTER);
        try {
            RenewalDecision decision = ask(now);
            if (decision instanceof RenewalDecision.Renewed) {
                notBefore = Instant.MIN;
            }
            return decision;
        } catch (IOException away) {
            return refused("RENEWAL_HUB_UNREACHABLE", String.valueOf(away.getMessage()));
        }
    }

    /** End of the certificate that ends first. */
    private Instant end() {
        EnrolmentReply held = trust.identity().enrolment();
        Instant client = leaf(held.clientChain()).getNotAfter().toInstant();
        Instant server = leaf(held.serverChain()).getNotAfter().toInstant();
        return client.isBefore(server) ? client : server;
    }

    private RenewalDecision ask(Instant now) throws IOException {
        byte[] request =
                RenewalRequest.of(
                                trust.identity().realm(),
                                trust.identity().node(),
                                NodeCertificates.request(keys.client(), "invigil-node"),
                                NodeCertificates.request(keys.server(), "invigil-node"),
                                serverNames,
                                software,
                                now)
                        .sign(keys.signing());
        HubHttp.Answer answer = line.post(request);
        if (!answer.ok()) {
            return refused("RENEWAL_REFUSED", "the hub answered " + answer.status());
        }
        return switch (EnrolmentReply.readRenewal(
                answer.body(), trust.root(), keys.seal(), request)) {
            case EnrolmentReply.Outcome.Refused wrong ->
                    refused(wrong.reason().name(), wrong.detail());
            case EnrolmentReply.Outcome.Enrolled renewed -> keep(renewed);
        };
    }

    private RenewalDecision keep(EnrolmentReply.Outcome.Enrolled renewed) {
        EnrolmentReply reply = renewed.reply();
        boolean same =
                reply.node().equals(trust.identity().enrolment().node())
                        && leaf(reply.clientChain())
                                .getPublicKey()
                                .equals(keys.client().getPublic())
                        && leaf(reply.serverChain())
                                .getPublicKey()
                                .equals(keys.server().getPublic());
        if (!same) {
            return refused("RENEWAL_FOR_OTHER_KEYS", reply.node());
        }
        trust.renewed(reply, renewed.trustRoot(), renewed.trustRootEnvelope());
        return new RenewalDecision.Renewed(end());
    }

    private static X509Certificate leaf(String pem) {
        try {
            return HubTls.chain(pem).getFirst();
        } catch (GeneralSecurityException malformed) {
            throw new IllegalStateException("a certificate that was kept is malformed", malformed);
        }
    }

    private static RenewalDecision refused(String code, String detail) {
        return new RenewalDecision.Refused(code, detail);
    }
}
