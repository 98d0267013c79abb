package io.invigil.acceptance.bench;

import com.fasterxml.jackson.databind.JsonNode;
import io.invigil.appliance.i18n.I18n;
import io.invigil.appliance.layout.Chrome;
import io.invigil.appliance.web.HttpPages;
import io.invigil.appliance.web.Listener;
import io.invigil.appliance.web.PagesSettings;
import io.invigil.appliance.web.Reply;
import io.invigil.appliance.web.WebServers;
import io.invigil.appliance.web.asset.Assets;
import io.invigil.appliance.web.session.MemorySessions;
import io.invigil.protocol.crypto.Entropy;
import io.invigil.testkit.TestCertificates;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;

/**
 * What a save costs before anything is kept: the same web chassis and TLS as a node, and a handler
 * that parses the JSON and throws it away. No session, no token check, no disk. A process of its
 * own: {@code DiscardServer CA-FILE}; prints its port, ends with its standard input.
 */
public final class DiscardServer {
    static final String READY = "READY ";
    private static final int BODY_BYTES_MAX = 128 * 1024;

    private DiscardServer() {}

    /** Runs until standard input ends. */
    public static void main(String[] arguments) throws Exception {
        TestCertificates certificates = new TestCertificates();
        Files.write(Path.of(arguments[0]), certificates.authority().getEncoded());
        ClassLoader loader = DiscardServer.class.getClassLoader();
        Entropy entropy = Entropy.secure();
        HttpPages pages =
                new HttpPages(
                        PagesSettings.of("discard", entropy.bytes(PagesSettings.KEY_BYTES)),
                        new MemorySessions(),
                        I18n.load(loader, ZoneId.of("Asia/Shanghai"), List.of("site")),
                        new Chrome("site.product", List.of()),
                        new Assets(loader, "site"),
                        Clock.systemUTC(),
                        entropy);
        try (WebServers servers =
                WebServers.builder(pages, entropy)
                        .https(Listener.loopback(0), certificates.server())
                        .routes(
                                rules ->
                                        rules.post(
                                                "/api/exam/answers",
                                                pages.stateless(
                                                        visit -> {
                                                            visit.json(
                                                                            JsonNode.class,
                                                                            BODY_BYTES_MAX)
                                                                    .orElseThrow();
                                                            return Reply.json(Map.of("ok", true));
                                                        })))
                        .start()) {
            System.out.println(READY + servers.httpsPort());
            while (System.in.read() >= 0) {
                // lives as long as the benchmark that started it
            }
        }
        System.exit(0);
    }
}
