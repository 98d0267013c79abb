package io.invigil.appliance.web;

import io.helidon.common.tls.Tls;
import io.helidon.common.tls.TlsClientAuth;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Certificate chain and private key of a listener, and whom it trusts as client. Immutable.
 *
 * @param chain leaf first
 * @param clientTrust when not empty, clients may show a certificate of these CAs (never must; the
 *     routes decide with {@link Visit#clientCertificate})
 */
public record TlsMaterial(
        List<X509Certificate> chain, PrivateKey key, List<X509Certificate> clientTrust) {
    private static final Pattern PRIVATE_KEY =
            Pattern.compile(
                    "-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");

    public TlsMaterial {
        chain = List.copyOf(chain);
        clientTrust = List.copyOf(clientTrust);
        if (chain.isEmpty()) {
            throw new IllegalArgumentException("TLS needs a certificate");
        }
    }

    /**
     * Reads PEM texts.
     *
     * @param keyPem PKCS#8 ({@code BEGIN PRIVATE KEY}), EC P-256 or RSA
     * @throws TlsMaterialUnusable when one of them is malformed
     */
    public static TlsMaterial ofPem(String chainPem, String keyPem) {
        return new TlsMaterial(certificates(chainPem), privateKey(keyPem), List.of());
    }

    /** Also asks clients for a certificate of these CAs. */
    public TlsMaterial trustingClients(List<X509Certificate> authorities) {
        return new TlsMaterial(chain, key, authorities);
    }

    /** All certificates of a PEM text. */
    public static List<X509Certificate> certificates(String pem) {
        try {
            return CertificateFactory.getInstance("X.509")
                    .generateCertificates(
                            new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)))
                    .stream()
                    .map(X509Certificate.class::cast)
                    .toList();
        } catch (CertificateException malformed) {
            throw new TlsMaterialUnusable("the certificates are not PEM", malformed);
        }
    }

    private static PrivateKey privateKey(String pem) {
        Matcher matcher = PRIVATE_KEY.matcher(pem);
        if (!matcher.find()) {
            throw new TlsMaterialUnusable("the private key is not PKCS#8 PEM");
        }
        byte[] der = Base64.getMimeDecoder().decode(matcher.group(1));
        for (String algorithm : List.of("EC", "RSA")) {
            try {
                return KeyFactory.getInstance(algorithm)
                        .generatePrivate(new PKCS8EncodedKeySpec(der));
            } catch (GeneralSecurityException otherAlgorithm) {
                continue;
            }
        }
        throw new TlsMaterialUnusable("the private key is neither EC nor RSA");
    }

    Tls tls() {
        var builder =
                Tls.builder()
                        .privateKey(key)
                        .privateKeyCertChain(chain)
                        .enabledProtocols(List.of("TLSv1.3", "TLSv1.2"));
        if (!clientTrust.isEmpty()) {
            builder.trust(clientTrust).clientAuth(TlsClientAuth.OPTIONAL);
        }
        return builder.build();
    }

    @Override
    public String toString() {
        return "TlsMaterial[" + chain.getFirst().getSubjectX500Principal() + "]";
    }
}
