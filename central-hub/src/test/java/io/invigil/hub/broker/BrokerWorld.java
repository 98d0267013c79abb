package io.invigil.hub.broker;

import io.invigil.hub.fleet.CertificateAuthority;
import io.invigil.hub.fleet.Keys;
import io.invigil.hub.fleet.ServerNames;
import io.invigil.protocol.fact.NodeId;
import io.invigil.protocol.fact.Realm;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;

/** A realm with its CA, and TLS clients with certificates of it. */
public final class BrokerWorld {
    public static final Realm REALM = new Realm("test");
    private static final String PASSWORD = "for-tests-only";

    public final Set<String> revoked = ConcurrentHashMap.newKeySet();
    private final SecureRandom random = new SecureRandom();
    private final CertificateAuthority authority =
            CertificateAuthority.found("test", Clock.systemUTC(), random).authority();

    public CertificateAuthority authority() {
        return authority;
    }

    public EmbeddedBroker start(Path directory, int port)
            throws IOException, GeneralSecurityException {
        Files.createDirectories(directory);
        KeyPair pair = Keys.newP256(random);
        List<X509Certificate> chain =
                authority.issueServer(
                        "broker",
                        pair.getPublic(),
                        ServerNames.of(List.of("localhost", "127.0.0.1")));
        BrokerTls tls =
                new BrokerTls(
                        directory.resolve("keys.p12"), directory.resolve("trust.p12"), PASSWORD);
        store(tls.keyStore(), Keys.keyStore(pair.getPrivate(), chain, PASSWORD.toCharArray()));
        store(tls.trustStore(), Keys.trustStore(authority.chain()));
        return EmbeddedBroker.start(
                directory,
                InetAddress.getLoopbackAddress(),
                port,
                tls,
                (identity, serial) -> !revoked.contains(identity.id()));
    }

    public SSLSocketFactory node(String id) {
        return client(MqttIdentity.node(REALM, new NodeId(id)), authority);
    }

    public SSLSocketFactory hub(String id) {
        return client(MqttIdentity.hub(REALM, id), authority);
    }

    /** A client whose certificate another CA has issued. */
    public SSLSocketFactory client(MqttIdentity identity, CertificateAuthority issuer) {
        KeyPair pair = Keys.newP256(random);
        return factory(
                pair, issuer.issueClient(identity.commonName(), identity.urn(), pair.getPublic()));
    }

    /** A client with no certificate when the chain is empty. */
    public SSLSocketFactory factory(KeyPair pair, List<X509Certificate> chain) {
        try {
            TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
            trust.init(Keys.trustStore(List.of(authority.root())));
            SSLContext context = SSLContext.getInstance("TLS");
            if (chain.isEmpty()) {
                context.init(null, trust.getTrustManagers(), random);
            } else {
                KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
                char[] password = PASSWORD.toCharArray();
                keys.init(Keys.keyStore(pair.getPrivate(), chain, password), password);
                context.init(keys.getKeyManagers(), trust.getTrustManagers(), random);
            }
            return context.getSocketFactory();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    public static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static void store(Path file, KeyStore store)
            throws IOException, GeneralSecurityException {
        try (OutputStream out = Files.newOutputStream(file)) {
            store.store(out, PASSWORD.toCharArray());
        }
    }
}
