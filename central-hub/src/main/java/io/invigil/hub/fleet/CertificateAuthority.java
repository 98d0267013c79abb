package io.invigil.hub.fleet;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaX509CRLConverter;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v2CRLBuilder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * The intermediate CA that the hub keeps; the root above it signed once, at {@code init}, and left
 * (XSP/1 section 8). Issues only leaves: certificates of the hub itself, of nodes towards the hub
 * and of nodes towards their room. P-256 throughout. Immutable and thread-safe.
 */
public final class CertificateAuthority {
    /** Browsers refuse longer ones. */
    public static final Duration LEAF_DAYS_MAX = Duration.ofDays(800);

    /** Lab clocks are behind (XSP/1 section 10). */
    public static final Duration BACKDATED = Duration.ofDays(30);

    static final String SIGNATURE = "SHA256withECDSA";
    private static final Duration ROOT_AGE = Duration.ofDays(7300);
    private static final Duration INTERMEDIATE_AGE = Duration.ofDays(3650);
    private static final Duration CRL_AGE = Duration.ofDays(7);
    private static final int SERIAL_BITS = 120;

    private final PrivateKey key;
    private final List<X509Certificate> chain;
    private final Clock clock;
    private final SecureRandom random;

    /**
     * @param chain the intermediate's certificate, then the root's
     */
    public CertificateAuthority(
            PrivateKey key, List<X509Certificate> chain, Clock clock, SecureRandom random) {
        if (chain.size() != 2) {
            throw new IllegalArgumentException("the chain is the intermediate and the root");
        }
        this.key = key;
        this.chain = List.copyOf(chain);
        this.clock = clock;
        this.random = random;
    }

    /** What a fresh realm starts with: the key that leaves and the CA that stays. */
    public record Founded(PrivateKey rootKey, PrivateKey key, CertificateAuthority authority) {}

    /** Makes root and intermediate. The caller takes the root key out of the machine. */
    public static Founded found(String realm, Clock clock, SecureRandom random) {
        var rootPair = Keys.newP256(random);
        var pair = Keys.newP256(random);
        X500Name rootName = name("Invigil " + realm + " Root CA");
        X500Name caName = name("Invigil " + realm + " Hub CA");
        Instant from = clock.instant().minus(BACKDATED);
        X509Certificate root =
                certificate(
                        rootName,
                        rootPair.getPrivate(),
                        rootName,
                        rootPair.getPublic(),
                        from,
                        from.plus(ROOT_AGE),
                        random,
                        caExtensions(1));
        X509Certificate intermediate =
                certificate(
                        rootName,
                        rootPair.getPrivate(),
                        caName,
                        pair.getPublic(),
                        from,
                        from.plus(INTERMEDIATE_AGE),
                        random,
                        caExtensions(0));
        var authority =
                new CertificateAuthority(
                        pair.getPrivate(), List.of(intermediate, root), clock, random);
        return new Founded(rootPair.getPrivate(), pair.getPrivate(), authority);
    }

    /** The intermediate's certificate, then the root's. */
    public List<X509Certificate> chain() {
        return chain;
    }

    /** What clients trust. */
    public X509Certificate root() {
        return chain.getLast();
    }

    /**
     * A certificate for a TLS server.
     *
     * @param names DNS names and IP addresses under which it is reached, at least one
     * @return the leaf, then this CA; the root is left out
     */
    public List<X509Certificate> issueServer(
            String commonName, PublicKey subject, ServerNames names) {
        return leaf(commonName, subject, names.generalNames(), KeyPurposeId.id_kp_serverAuth);
    }

    /**
     * A certificate for a TLS client.
     *
     * @param urn its identity, {@code urn:xsp:{realm}:{node|hub}:{id}}; the common name repeats the
     *     id for brokers that know no other name
     */
    public List<X509Certificate> issueClient(String id, String urn, PublicKey subject) {
        GeneralName name = new GeneralName(GeneralName.uniformResourceIdentifier, urn);
        return leaf(id, subject, new GeneralNames(name), KeyPurposeId.id_kp_clientAuth);
    }

    /**
     * A revocation list, for a broker that has no other way to know.
     *
     * @param revoked serial numbers and since when
     */
    public X509CRL revocationList(Map<BigInteger, Instant> revoked) {
        Instant now = clock.instant();
        try {
            var builder =
                    new JcaX509v2CRLBuilder(
                            chain.getFirst().getSubjectX500Principal(),
                            Date.from(now.minus(BACKDATED)));
            builder.setNextUpdate(Date.from(now.plus(CRL_AGE)));
            revoked.forEach(
                    (serial, since) ->
                            builder.addCRLEntry(serial, Date.from(since), CRLReason.keyCompromise));
            return new JcaX509CRLConverter().getCRL(builder.build(signer(key)));
        } catch (GeneralSecurityException | OperatorCreationException e) {
            throw new IllegalStateException("the revocation list cannot be signed", e);
        }
    }

    private List<X509Certificate> leaf(
            String commonName, PublicKey subject, GeneralNames names, KeyPurposeId purpose) {
        Instant from = clock.instant().minus(BACKDATED);
        X509Certificate issuer = chain.getFirst();
        X509Certificate leaf =
                certificate(
                        X500Name.getInstance(issuer.getSubjectX500Principal().getEncoded()),
                        key,
                        name(commonName),
                        subject,
                        from,
                        from.plus(LEAF_DAYS_MAX),
                        random,
                        List.of(
                                new Ext(
                                        Extension.basicConstraints,
                                        true,
                                        new BasicConstraints(false)),
                                new Ext(
                                        Extension.keyUsage,
                                        true,
                                        new KeyUsage(KeyUsage.digitalSignature)),
                                new Ext(
                                        Extension.extendedKeyUsage,
                                        false,
                                        new ExtendedKeyUsage(purpose)),
                                new Ext(Extension.subjectAlternativeName, false, names)));
        return List.of(leaf, issuer);
    }

    private record Ext(
            org.bouncycastle.asn1.ASN1ObjectIdentifier oid,
            boolean critical,
            ASN1Encodable value) {}

    private static List<Ext> caExtensions(int pathLength) {
        return List.of(
                new Ext(Extension.basicConstraints, true, new BasicConstraints(pathLength)),
                new Ext(
                        Extension.keyUsage,
                        true,
                        new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign)));
    }

    private static X500Name name(String commonName) {
        return new X500NameBuilder(BCStyle.INSTANCE).addRDN(BCStyle.CN, commonName).build();
    }

    private static X509Certificate certificate(
            X500Name issuer,
            PrivateKey issuerKey,
            X500Name subject,
            PublicKey subjectKey,
            Instant from,
            Instant until,
            SecureRandom random,
            List<Ext> extensions) {
        try {
            var builder =
                    new JcaX509v3CertificateBuilder(
                            issuer,
                            new BigInteger(SERIAL_BITS, random).setBit(SERIAL_BITS),
                            Date.from(from),
                            Date.from(until),
                            subject,
                            subjectKey);
            for (Ext extension : extensions) {
                builder.addExtension(extension.oid(), extension.critical(), extension.value());
            }
            builder.addExtension(
                    Extension.subjectKeyIdentifier,
                    false,
                    new JcaX509ExtensionUtils().createSubjectKeyIdentifier(subjectKey));
            return new JcaX509CertificateConverter()
                    .getCertificate(builder.build(signer(issuerKey)));
        } catch (GeneralSecurityException | OperatorCreationException | IOException e) {
            throw new IllegalStateException("the certificate cannot be made", e);
        }
    }

    private static ContentSigner signer(PrivateKey key) throws OperatorCreationException {
        return new JcaContentSignerBuilder(SIGNATURE).build(key);
    }
}
