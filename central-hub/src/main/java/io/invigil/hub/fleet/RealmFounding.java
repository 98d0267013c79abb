package io.invigil.hub.fleet;

import io.invigil.appliance.data.KeyFile;
import io.invigil.appliance.data.PrivateFiles;
import io.invigil.protocol.crypto.Entropy;
import io.invigil.protocol.crypto.SealKey;
import io.invigil.protocol.crypto.SigningKey;
import io.invigil.protocol.fact.Realm;
import io.invigil.protocol.json.Json;
import io.invigil.protocol.trust.TrustRole;
import io.invigil.protocol.trust.TrustRoot;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.CertificateEncodingException;
import java.time.Clock;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * Makes a realm: the root keys, what they sign, and the keys the hub keeps (XSP/1 section 8, "root
 * keys leave the hub at init"). Run once; what is stored last is the public part, so a founding
 * that was cut off is not taken for a realm.
 */
public final class RealmFounding {
    private final KeyFile keys;
    private final Clock clock;
    private final SecureRandom random;

    public RealmFounding(KeyFile keys, Clock clock, SecureRandom random) {
        this.keys = keys;
        this.clock = clock;
        this.random = random;
    }

    /** The file that leaves: both root keys, in clear. */
    record RootKeyFile(String realm, String signingSeedHex, String tlsRootKeyPem) {}

    /**
     * Founds a realm.
     *
     * @param rootKeyFile where the root keys are written, mode 0600; people take it off the machine
     *     and keep it, since without it no trust root can follow
     */
    public RealmKeys found(Realm realm, Path rootKeyFile) {
        Entropy entropy = random::nextBytes;
        SigningKey root = SigningKey.generate(entropy);
        SigningKey receipt = SigningKey.generate(entropy);
        SigningKey manifest = SigningKey.generate(entropy);
        SigningKey certificate = SigningKey.generate(entropy);
        SealKey seal = SealKey.generate(entropy);
        SealKey recovery = SealKey.generate(entropy);
        var founded = CertificateAuthority.found(realm.value(), clock, random);
        CertificateAuthority authority = founded.authority();
        TrustRoot trust =
                TrustRoot.issue(
                        realm,
                        1,
                        clock.instant(),
                        root.verifyKey(),
                        Map.of(
                                TrustRole.RECEIPT, List.of(receipt.verifyKey().hex()),
                                TrustRole.MANIFEST, List.of(manifest.verifyKey().hex()),
                                TrustRole.CERTIFICATE, List.of(certificate.verifyKey().hex()),
                                TrustRole.SEAL, List.of(seal.publicKey().hex()),
                                TrustRole.RECOVERY, List.of(recovery.publicKey().hex())),
                        List.of(rootDer(authority)));
        List<byte[]> roots = List.of(trust.sign(root, root));
        PrivateFiles.write(
                rootKeyFile,
                Json.write(
                        new RootKeyFile(
                                realm.value(),
                                HexFormat.of().formatHex(root.seed()),
                                Keys.pem(founded.rootKey()))));
        keys.store(RealmKeys.RECEIPT, receipt.seed());
        keys.store(RealmKeys.MANIFEST, manifest.seed());
        keys.store(RealmKeys.CERTIFICATE, certificate.seed());
        keys.store(RealmKeys.SEAL + seal.publicKey().hex().substring(0, 16), seal.bytes());
        keys.store(
                RealmKeys.RECOVERY + recovery.publicKey().hex().substring(0, 16), recovery.bytes());
        keys.store(RealmKeys.AUTHORITY, founded.key().getEncoded());
        keys.store(RealmKeys.PUBLIC, RealmKeys.publicPart(realm, authority, roots));
        return RealmKeys.load(keys, clock, random).orElseThrow();
    }

    private static byte[] rootDer(CertificateAuthority authority) {
        try {
            return authority.root().getEncoded();
        } catch (CertificateEncodingException impossible) {
            throw new IllegalStateException("a certificate has an encoding", impossible);
        }
    }
}
