package io.invigil.site.technician;

import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.invigil.appliance.web.HttpPages;
import io.invigil.appliance.web.Reply;
import io.invigil.appliance.web.Visit;
import io.invigil.protocol.crypto.Digest;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.IntSupplier;

/**
 * What the plain listener serves beside phone check-in: the CA file with its fingerprint, and the
 * way to HTTPS (XSP/1 section 10).
 */
public final class PlainApi implements HttpService {
    private final HttpPages pages;
    private final List<byte[]> caDer;
    private final IntSupplier httpsPort;

    public PlainApi(HttpPages pages, List<byte[]> caDer, IntSupplier httpsPort) {
        this.pages = pages;
        this.caDer = List.copyOf(caDer);
        this.httpsPort = httpsPort;
    }

    @Override
    public void routing(HttpRules rules) {
        rules.get("/", pages.stateless(this::redirect))
                .get("/ca.crt", pages.stateless(this::ca))
                .get("/api/ca", pages.stateless(this::fingerprints));
    }

    private Reply redirect(Visit visit) {
        String authority = visit.request().authority();
        int colon = authority.lastIndexOf(':');
        boolean port = colon > 0 && authority.indexOf(']', colon) < 0;
        String host = port ? authority.substring(0, colon) : authority;
        if (!host.matches("[A-Za-z0-9.\\-\\[\\]:]{1,253}")) {
            return Reply.notFound();
        }
        return Reply.seeOther("https://" + host + ":" + httpsPort.getAsInt() + "/");
    }

    private Reply ca(Visit visit) {
        StringBuilder pem = new StringBuilder();
        for (byte[] der : caDer) {
            pem.append("-----BEGIN CERTIFICATE-----\n")
                    .append(Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der))
                    .append("\n-----END CERTIFICATE-----\n");
        }
        return Reply.bytes(
                "application/x-x509-ca-cert",
                pem.toString().getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    }

    private Reply fingerprints(Visit visit) {
        return Reply.json(
                Map.of(
                        "sha256",
                        caDer.stream().map(der -> Digest.sha256(der).hex()).toList(),
                        "file",
                        "/ca.crt"));
    }
}
