package io.invigil.testkit;

import io.invigil.appliance.web.TlsMaterial;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A certificate authority made for one test run. Thread-safe. */
public final class TestCertificates {
    private static final Duration BEFORE = Duration.ofDays(30);
    private static final Duration VALID = Duration.ofDays(300);

    private final AtomicLong serial = new AtomicLong(1);
    private final KeyPair authorityKeys = keys();
    private final X509Certificate authority;

    public TestCertificates() {
        authority = issue("CN=Invigil test CA", authorityKeys, true, List.of(), List.of());
    }

    public X509Certificate authority() {
        return authority;
    }

    /** A server certificate for localhost, 127.0.0.1 and further DNS names. */
    public TlsMaterial server(String... names) {
        KeyPair pair = keys();
        List<GeneralName> all = new java.util.ArrayList<>();
        all.add(new GeneralName(GeneralName.dNSName, "localhost"));
        all.add(new GeneralName(GeneralName.iPAddress, "127.0.0.1"));
        for (String name : names) {
            all.add(new GeneralName(GeneralName.dNSName, name));
        }
        X509Certificate leaf =
                issue("CN=localhost", pair, false, all, List.of(KeyPurposeId.id_kp_serverAuth));
        return new TlsMaterial(List.of(leaf, authority), pair.getPrivate(), List.of());
    }

    /** A client certificate with a URI name, such as {@code urn:xsp:test:node:n1}. */
    public TlsMaterial client(String uri) {
        KeyPair pair = keys();
        X509Certificate leaf =
                issue(
                        "CN=client",
                        pair,
                        false,
                        List.of(new GeneralName(GeneralName.uniformResourceIdentifier, uri)),
                        List.of(KeyPurposeId.id_kp_clientAuth));
        return new TlsMaterial(List.of(leaf, authority), pair.getPrivate(), List.of());
    }

    private static KeyPair keys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("the JDK has no P-256", impossible);
        }
    }

    private X509Certificate issue(
            String subject,
            KeyPair keys,
            boolean isAuthority,
            List<GeneralName> names,
            List<KeyPurposeId> purposes) {
        Instant now = Instant.now();
        JcaX509v3CertificateBuilder builder =
                new JcaX509v3CertificateBuilder(
                        new X500Name("CN=Invigil test CA"),
                        BigInteger.valueOf(serial.getAndIncrement()),
                        Date.from(now.minus(BEFORE)),
                        Date.from(now.plus(VALID)),
                        new X500Name(subject),
                        keys.getPublic());
        try {
            builder.addExtension(
                    Extension.basicConstraints, true, new BasicConstraints(isAuthority));
            builder.addExtension(
                    Extension.keyUsage,
                    true,
                    new KeyUsage(
                            isAuthority
                                    ? KeyUsage.keyCertSign | KeyUsage.cRLSign
                                    : KeyUsage.digitalSignature));
            if (!names.isEmpty()) {
                builder.addExtension(
                        Extension.subjectAlternativeName,
                        false,
                        new GeneralNames(names.toArray(GeneralName[]::new)));
            }
            if (!purposes.isEmpty()) {
                builder.addExtension(
                        Extension.extendedKeyUsage,
                        false,
                        new ExtendedKeyUsage(purposes.toArray(KeyPurposeId[]::new)));
            }
            return new JcaX509CertificateConverter()
                    .getCertificate(
                            builder.build(
                                    new JcaContentSignerBuilder("SHA256withECDSA")
                                            .build(authorityKeys.getPrivate())));
        } catch (CertIOException | OperatorCreationException | GeneralSecurityException failure) {
            throw new IllegalStateException("cannot issue a test certificate", failure);
        }
    }
}
