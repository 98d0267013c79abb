package io.invigil.hub.fleet;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.bouncycastle.pkcs.PKCSException;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequest;

/** P-256 keys, certification requests, PEM texts and PKCS#12 stores. Stateless. */
public final class Keys {
    public static final int CSR_BYTES_MAX = 4096;
    private static final int P256_BITS = 256;

    private Keys() {}

    public static KeyPair newP256(SecureRandom random) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"), random);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("the JDK has no P-256", missing);
        }
    }

    /**
     * The public key of a PKCS#10 request that proves possession of its private key. Empty when the
     * request is malformed, too long, not P-256, or its signature is not the key's. Names in it are
     * ignored: the hub decides them.
     */
    public static Optional<PublicKey> provenKey(byte[] csrDer) {
        if (csrDer.length > CSR_BYTES_MAX) {
            return Optional.empty();
        }
        try {
            var request = new JcaPKCS10CertificationRequest(csrDer);
            PublicKey key = request.getPublicKey();
            boolean p256 =
                    key instanceof ECPublicKey ec
                            && ec.getParams().getOrder().bitLength() == P256_BITS;
            boolean signed =
                    p256
                            && request.isSignatureValid(
                                    new JcaContentVerifierProviderBuilder().build(key));
            return signed ? Optional.of(key) : Optional.empty();
        } catch (IOException
                | GeneralSecurityException
                | OperatorCreationException
                | PKCSException malformed) {
            return Optional.empty();
        } catch (RuntimeException malformed) {
            // the parser throws unchecked exceptions of many kinds for bytes that are no request
            return Optional.empty();
        }
    }

    public static PrivateKey readPrivate(byte[] pkcs8) {
        try {
            return KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("not a PKCS#8 EC key", e);
        }
    }

    /** Reads one or more PEM certificates. */
    public static List<X509Certificate> readCertificates(String pem) {
        try {
            var factory = CertificateFactory.getInstance("X.509");
            var in = new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII));
            return factory.generateCertificates(in).stream()
                    .map(X509Certificate.class::cast)
                    .toList();
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("not PEM certificates", e);
        }
    }

    public static String pem(List<X509Certificate> certificates) {
        StringBuilder out = new StringBuilder();
        for (X509Certificate certificate : certificates) {
            try {
                out.append(pem("CERTIFICATE", certificate.getEncoded()));
            } catch (GeneralSecurityException impossible) {
                throw new IllegalStateException("a certificate has an encoding", impossible);
            }
        }
        return out.toString();
    }

    public static String pem(PrivateKey key) {
        return pem("PRIVATE KEY", key.getEncoded());
    }

    public static String pem(String label, byte[] der) {
        String body =
                Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                        .encodeToString(der);
        return "-----BEGIN " + label + "-----\n" + body + "\n-----END " + label + "-----\n";
    }

    /** A PKCS#12 store with one key, named {@code key}. */
    public static KeyStore keyStore(PrivateKey key, List<X509Certificate> chain, char[] password) {
        KeyStore store = emptyStore();
        try {
            store.setKeyEntry("key", key, password, chain.toArray(X509Certificate[]::new));
            return store;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the key store takes no key", e);
        }
    }

    /** A PKCS#12 store of trusted certificates. */
    public static KeyStore trustStore(List<X509Certificate> trusted) {
        KeyStore store = emptyStore();
        try {
            for (int i = 0; i < trusted.size(); i++) {
                store.setCertificateEntry("ca-" + i, trusted.get(i));
            }
            return store;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the trust store takes no certificate", e);
        }
    }

    private static KeyStore emptyStore() {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            return store;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("the JDK has no PKCS#12", e);
        }
    }
}
