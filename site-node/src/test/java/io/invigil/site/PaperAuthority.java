package io.invigil.site;

import java.io.IOException;
import java.io.StringWriter;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequest;

/** A CA that signs the requests of a node under test. */
final class PaperAuthority {
    private static final X500Name NAME = new X500Name("CN=Paper CA");

    private final KeyPair keys = keys();
    private final X509Certificate certificate =
            issue(NAME, keys.getPublic(), true, new GeneralName[0]);

    X509Certificate certificate() {
        return certificate;
    }

    byte[] der() {
        return encoded(certificate);
    }

    /** PEM chain for a client. */
    String client(byte[] csr, String uri) {
        return chain(csr, new GeneralName(GeneralName.uniformResourceIdentifier, uri));
    }

    /** PEM chain for a server. */
    String server(byte[] csr, List<String> names) {
        return chain(
                csr,
                names.stream()
                        .map(
                                name ->
                                        new GeneralName(
                                                name.matches("[0-9.]+")
                                                        ? GeneralName.iPAddress
                                                        : GeneralName.dNSName,
                                                name))
                        .toArray(GeneralName[]::new));
    }

    private String chain(byte[] csr, GeneralName... names) {
        try {
            PublicKey key = new JcaPKCS10CertificationRequest(csr).getPublicKey();
            StringWriter pem = new StringWriter();
            X509Certificate leaf = issue(new X500Name("CN=room-107"), key, false, names);
            for (X509Certificate each : List.of(leaf, certificate)) {
                pem.write("-----BEGIN CERTIFICATE-----\n");
                pem.write(Base64.getMimeEncoder().encodeToString(encoded(each)));
                pem.write("\n-----END CERTIFICATE-----\n");
            }
            return pem.toString();
        } catch (IOException | GeneralSecurityException malformed) {
            throw new IllegalStateException("not a certificate request", malformed);
        }
    }

    private X509Certificate issue(
            X500Name subject, PublicKey key, boolean authority, GeneralName[] names) {
        Instant now = Instant.now();
        var builder =
                new JcaX509v3CertificateBuilder(
                        NAME,
                        BigInteger.valueOf(System.nanoTime()),
                        Date.from(now.minus(Duration.ofDays(1))),
                        Date.from(now.plus(Duration.ofDays(300))),
                        subject,
                        key);
        try {
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
            if (names.length > 0) {
                builder.addExtension(
                        Extension.subjectAlternativeName, false, new GeneralNames(names));
            }
            var signer = new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate());
            return new JcaX509CertificateConverter().getCertificate(builder.build(signer));
        } catch (IOException | OperatorCreationException | GeneralSecurityException impossible) {
            throw new IllegalStateException("no certificate", impossible);
        }
    }

    private static KeyPair keys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("no P-256", missing);
        }
    }

    private static byte[] encoded(X509Certificate certificate) {
        try {
            return certificate.getEncoded();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("a certificate has no form", impossible);
        }
    }
}
