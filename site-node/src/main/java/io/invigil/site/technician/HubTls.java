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
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/** TLS towards hub and broker, anchored in the realm's own CA and in nothing else. */
public final class HubTls {
    private static final char[] NO_PASSWORD = new char[0];

    private HubTls() {}

    /** Mutual TLS with the node's own certificate. */
    public static SSLContext mutual(PrivateKey key, String chainPem, List<byte[]> caDer) {
        try {
            KeyStore own = KeyStore.getInstance("PKCS12");
            own.load(null, NO_PASSWORD);
            Certificate[] chain = chain(chainPem).toArray(Certificate[]::new);
            own.setKeyEntry("node", key, NO_PASSWORD, chain);
            KeyManagerFactory keys =
                    KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(own, NO_PASSWORD);
            return context(keys.getKeyManagers(), anchors(caDer));
        } catch (GeneralSecurityException | IOException broken) {
            throw new IllegalStateException("the node's certificate cannot be used", broken);
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
