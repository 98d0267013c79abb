package io.invigil.site.technician;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;

/** Certificate requests, and the one certificate that a node makes for itself: for its set-up. */
public final class NodeCertificates {
    private static final String SIGNATURE = "SHA256withECDSA";
    private static final Duration SETUP_BACKDATED = Duration.ofDays(30);
    private static final Duration SETUP_AGE = Duration.ofDays(800);

    private NodeCertificates() {}

    /** PKCS#10 in DER, signed by the key: proof that the node holds it. */
    public static byte[] request(KeyPair pair, String commonName) {
        try {
            var signer = new JcaContentSignerBuilder(SIGNATURE).build(pair.getPrivate());
            return new JcaPKCS10CertificationRequestBuilder(name(commonName), pair.getPublic())
                    .build(signer)
                    .getEncoded();
        } catch (OperatorCreationException | IOException impossible) {
            throw new IllegalStateException("no certificate request could be made", impossible);
        }
    }

    /** Trusted by nobody: the console shows its fingerprint. */
    static X509Certificate selfSigned(KeyPair pair, List<String> names, Instant now) {
        GeneralName[] alternatives =
                names.stream().map(NodeCertificates::general).toArray(GeneralName[]::new);
        try {
            X500Name name = name("invigil-setup");
            var builder =
                    new JcaX509v3CertificateBuilder(
                            name,
                            BigInteger.valueOf(now.toEpochMilli()),
                            Date.from(now.minus(SETUP_BACKDATED)),
                            Date.from(now.plus(SETUP_AGE)),
                            name,
                            pair.getPublic());
            builder.addExtension(
                    Extension.subjectAlternativeName, false, new GeneralNames(alternatives));
            var signer = new JcaContentSignerBuilder(SIGNATURE).build(pair.getPrivate());
            return new JcaX509CertificateConverter().getCertificate(builder.build(signer));
        } catch (OperatorCreationException | IOException | GeneralSecurityException impossible) {
            throw new IllegalStateException("no set-up certificate could be made", impossible);
        }
    }

    private static X500Name name(String commonName) {
        return new X500Name("CN=" + commonName);
    }

    private static GeneralName general(String name) {
        boolean address = name.matches("[0-9.]+") || name.contains(":");
        return new GeneralName(address ? GeneralName.iPAddress : GeneralName.dNSName, name);
    }
}
