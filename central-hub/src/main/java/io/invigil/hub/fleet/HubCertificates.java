package io.invigil.hub.fleet;

import io.invigil.appliance.web.TlsMaterial;
import io.invigil.hub.broker.BrokerTls;
import io.invigil.hub.broker.MqttIdentity;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * The hub's own certificates. Made afresh at each start, so none of its keys but the authority's
 * has to be kept and none runs out in a process that is restarted every two years.
 */
public final class HubCertificates {
    private static final int PASSWORD_BYTES = 24;

    private final RealmKeys realm;
    private final SecureRandom random;

    public HubCertificates(RealmKeys realm, SecureRandom random) {
        this.realm = realm;
        this.random = random;
    }

    /** For the web; clients may show a certificate of this realm. */
    public TlsMaterial web(ServerNames names) {
        KeyPair pair = Keys.newP256(random);
        List<X509Certificate> chain =
                realm.authority().issueServer("Invigil hub", pair.getPublic(), names);
        return new TlsMaterial(chain, pair.getPrivate(), realm.authority().chain());
    }

    /** Key and trust stores for the embedded broker, in a directory of its own. */
    public BrokerTls broker(Path directory, ServerNames names) {
        KeyPair pair = Keys.newP256(random);
        List<X509Certificate> chain =
                realm.authority().issueServer("Invigil broker", pair.getPublic(), names);
        byte[] secret = new byte[PASSWORD_BYTES];
        random.nextBytes(secret);
        String password = HexFormat.of().formatHex(secret);
        BrokerTls tls =
                new BrokerTls(
                        directory.resolve("keys.p12"), directory.resolve("trust.p12"), password);
        char[] characters = password.toCharArray();
        write(tls.keyStore(), Keys.keyStore(pair.getPrivate(), chain, characters), characters);
        write(tls.trustStore(), Keys.trustStore(realm.authority().chain()), characters);
        return tls;
    }

    /** PEM texts of a broker that is another process: chain and key. */
    public record Pem(String chain, String key) {
        @Override
        public String toString() {
            return "Pem[hidden]";
        }
    }

    public Pem externalBroker(ServerNames names) {
        KeyPair pair = Keys.newP256(random);
        List<X509Certificate> chain =
                realm.authority().issueServer("Invigil broker", pair.getPublic(), names);
        return new Pem(Keys.pem(chain), Keys.pem(pair.getPrivate()));
    }

    /** TLS of this instance towards the broker. */
    public SSLContext mqttClient(String instance) {
        KeyPair pair = Keys.newP256(random);
        MqttIdentity identity = MqttIdentity.hub(realm.realm(), instance);
        List<X509Certificate> chain =
                realm.authority()
                        .issueClient(identity.commonName(), identity.urn(), pair.getPublic());
        return context(pair, chain);
    }

    private SSLContext context(KeyPair pair, List<X509Certificate> chain) {
        char[] none = new char[0];
        try {
            KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
            keys.init(Keys.keyStore(pair.getPrivate(), chain, none), none);
            TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
            trust.init(Keys.trustStore(List.of(realm.authority().root())));
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), trust.getTrustManagers(), random);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("no TLS towards the broker", e);
        }
    }

    private static void write(Path file, KeyStore store, char[] password) {
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            store.store(bytes, password);
            try (OutputStream out = Files.newOutputStream(fresh)) {
                out.write(bytes.toByteArray());
            }
            // the broker may be reading: replaced in one step
            Files.move(
                    fresh,
                    file,
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the store is not writable", e);
        } catch (IOException e) {
            throw new UncheckedIOException("the store was not written", e);
        }
    }
}
