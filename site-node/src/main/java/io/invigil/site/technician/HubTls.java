package io.invigil.site.technician;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import java.util.function.Supplier;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509ExtendedTrustManager;

/** TLS towards hub and broker, anchored in the realm's own CA and in nothing else. */
public final class HubTls {
    private static final char[] NO_PASSWORD = new char[0];

    private HubTls() {}

    /** Mutual TLS with the node's own certificate, for good. */
    public static SSLContext mutual(PrivateKey key, String chainPem, List<byte[]> caDer) {
        List<String> anchors = caDer.stream().map(Base64.getEncoder()::encodeToString).toList();
        return renewable(key, () -> chainPem, () -> anchors);
    }

    /**
     * Mutual TLS with whatever certificate and anchors are in force at each handshake.
     *
     * @param chainPem the node's chain as it is now
     * @param caDer anchors in base64 as they are now
     */
    public static SSLContext renewable(
            PrivateKey key, Supplier<String> chainPem, Supplier<List<String>> caDer) {
        try {
            var keys = new RenewableTls.Current<>(chainPem, pem -> own(key, pem));
            var anchors = new RenewableTls.Current<>(caDer, HubTls::anchor);
            return context(
                    new KeyManager[] {new RenewableTls.Keys(keys)},
                    new TrustManager[] {new RenewableTls.Anchors(anchors)});
        } catch (GeneralSecurityException broken) {
            throw new IllegalStateException("the JDK has no TLS", broken);
        }
    }

    private static X509ExtendedKeyManager own(PrivateKey key, String chainPem) {
        try {
            KeyStore own = KeyStore.getInstance("PKCS12");
            own.load(null, NO_PASSWORD);
            Certificate[] chain = chain(chainPem).toArray(Certificate[]::new);
            own.setKeyEntry("node", key, NO_PASSWORD, chain);
            KeyManagerFactory keys =
                    KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(own, NO_PASSWORD);
            return (X509ExtendedKeyManager) keys.getKeyManagers()[0];
        } catch (GeneralSecurityException | IOException broken) {
            throw new IllegalStateException("the node's certificate cannot be used", broken);
        }
    }

    private static X509ExtendedTrustManager anchor(List<String> caDer) {
        try {
            List<byte[]> der = caDer.stream().map(Base64.getDecoder()::decode).toList();
            return (X509ExtendedTrustManager) anchors(der)[0];
        } catch (GeneralSecurityException | IOException broken) {
            throw new IllegalStateException("the realm's CA cannot be used", broken);
        }
    }

    /** Server authentication alone, before the node has a certificate. */
    public static SSLContext anchored(List<byte[]> caDer) {
        try {
            return context(new KeyManager[0], anchors(caDer));
        } catch (GeneralSecurityException | IOException broken) {
            throw new IllegalStateException("the realm's CA cannot be used", broken);
        }
    }

    /**
     * Believes any server: only to fetch the trust root, which the claim code authenticates.
     * Nothing is sent under it.
     */
    static SSLContext unauthenticated() {
        try {
            return context(new KeyManager[0], new TrustManager[] {new Anyone()});
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("the JDK has no TLS", missing);
        }
    }

    /** Certificates of a PEM text, leaf first. */
    public static List<X509Certificate> chain(String pem) throws GeneralSecurityException {
        CertificateFactory factory = CertificateFactory.getInstance("X.509");
        var in = new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII));
        return factory.generateCertificates(in).stream().map(X509Certificate.class::cast).toList();
    }

    /** One certificate in DER. */
    public static X509Certificate certificate(byte[] der) {
        try {
            CertificateFactory factory = CertificateFactory.getInstance("X.509");
            return (X509Certificate) factory.generateCertificate(new ByteArrayInputStream(der));
        } catch (GeneralSecurityException broken) {
            throw new IllegalStateException("the realm's CA cannot be read", broken);
        }
    }

    private static TrustManager[] anchors(List<byte[]> caDer)
            throws GeneralSecurityException, IOException {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, NO_PASSWORD);
        CertificateFactory factory = CertificateFactory.getInstance("X.509");
        for (int at = 0; at < caDer.size(); at++) {
            trusted.setCertificateEntry(
                    "ca" + at,
                    factory.generateCertificate(new ByteArrayInputStream(caDer.get(at))));
        }
        TrustManagerFactory trust =
                TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        return trust.getTrustManagers();
    }

    private static SSLContext context(KeyManager[] keys, TrustManager[] trust)
            throws GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys, trust, null);
        return context;
    }

    private static final class Anyone extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {
            refuse();
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {
            refuse();
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {
            refuse();
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }

        private static void refuse() {
            throw new UnsupportedOperationException("a node's client context serves nobody");
        }
    }
}
