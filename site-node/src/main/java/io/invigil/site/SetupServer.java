package io.invigil.site;

import io.invigil.appliance.i18n.I18n;
import io.invigil.appliance.layout.Chrome;
import io.invigil.appliance.layout.NavItem;
import io.invigil.appliance.web.HttpPages;
import io.invigil.appliance.web.Listener;
import io.invigil.appliance.web.PagesSettings;
import io.invigil.appliance.web.TlsMaterial;
import io.invigil.appliance.web.WebServers;
import io.invigil.appliance.web.asset.Assets;
import io.invigil.appliance.web.session.MemorySessions;
import io.invigil.protocol.crypto.Digest;
import io.invigil.protocol.crypto.Entropy;
import io.invigil.site.technician.Enrolment;
import io.invigil.site.technician.NodeIdentity;
import io.invigil.site.technician.NodeKeys;
import io.invigil.site.technician.SetupApi;
import io.invigil.site.technician.SetupCertificate;
import io.invigil.site.technician.SetupCode;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** The only listener of a node that is not enrolled; see {@code technician}. */
final class SetupServer implements AutoCloseable {
    private final WebServers servers;
    private final String fingerprint;
    private final CompletableFuture<NodeIdentity> enrolled = new CompletableFuture<>();

    SetupServer(
            SiteSettings settings,
            NodeKeys keys,
            Enrolment enrolment,
            SetupCode setupCode,
            Clock clock,
            Entropy entropy) {
        ClassLoader loader = SetupServer.class.getClassLoader();
        HttpPages pages =
                new HttpPages(
                        PagesSettings.of("invigil-setup", entropy.bytes(PagesSettings.KEY_BYTES)),
                        new MemorySessions(),
                        I18n.load(loader, settings.zoneId(), SiteTexts.BUNDLES),
                        new Chrome("site.product", List.<NavItem>of()),
                        new Assets(loader, "site"),
                        clock,
                        entropy);
        X509Certificate own =
                SetupCertificate.make(keys.server(), settings.serverNames(), clock.instant());
        this.fingerprint = fingerprint(own);
        this.servers =
                WebServers.builder(pages, entropy)
                        .https(
                                new Listener(settings.setupHost(), settings.httpsPort()),
                                new TlsMaterial(
                                        List.of(own), keys.server().getPrivate(), List.of()))
                        .routes(new SetupApi(pages, setupCode, enrolment, enrolled::complete))
                        .start();
    }

    int port() {
        return servers.httpsPort();
    }

    /** SHA-256 of the set-up certificate, for the console. */
    String fingerprint() {
        return fingerprint;
    }

    /** Completes when the node is enrolled. */
    CompletableFuture<NodeIdentity> enrolled() {
        return enrolled;
    }

    private static String fingerprint(X509Certificate certificate) {
        try {
            return Digest.sha256(certificate.getEncoded()).hex();
        } catch (CertificateEncodingException impossible) {
            throw new IllegalStateException("the set-up certificate has no form", impossible);
        }
    }

    @Override
    public void close() {
        servers.close();
    }
}
