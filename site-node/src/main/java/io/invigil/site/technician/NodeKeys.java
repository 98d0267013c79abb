package io.invigil.site.technician;

import io.invigil.appliance.data.KeyFile;
import io.invigil.protocol.crypto.Entropy;
import io.invigil.protocol.crypto.SealKey;
import io.invigil.protocol.crypto.SigningKey;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The node's four private keys, made on first use and kept under the data key: one to sign records,
 * one to open what is sealed to the node, one for TLS towards the hub and one towards the room.
 * Immutable; never printed.
 */
public final class NodeKeys {
    private final SigningKey signing;
    private final SealKey seal;
    private final KeyPair client;
    private final KeyPair server;

    private NodeKeys(SigningKey signing, SealKey seal, KeyPair client, KeyPair server) {
        this.signing = signing;
        this.seal = seal;
        this.client = client;
        this.server = server;
    }

    /** Reads the keys, making those that are not there yet. */
    public static NodeKeys open(KeyFile files, Entropy entropy) {
        SigningKey signing =
                SigningKey.ofSeed(
                        load(files, "node-signing", () -> SigningKey.generate(entropy).seed()));
        SealKey seal =
                SealKey.ofBytes(load(files, "node-seal", () -> SealKey.generate(entropy).bytes()));
        return new NodeKeys(
                signing, seal, pair(files, "node-tls-client"), pair(files, "node-tls-server"));
    }

    public SigningKey signing() {
        return signing;
    }

    public SealKey seal() {
        return seal;
    }

    /** P-256, for mutual TLS with hub and broker. */
    public KeyPair client() {
        return client;
    }

    /** P-256, for HTTPS in the room. */
    public KeyPair server() {
        return server;
    }

    private static byte[] load(KeyFile files, String name, Supplier<byte[]> fresh) {
        Optional<byte[]> kept = files.load(name);
        if (kept.isPresent()) {
            return kept.get();
        }
        byte[] made = fresh.get();
        files.store(name, made);
        return made;
    }

    /** Stored as two lengths-prefixed encodings: PKCS#8 and X.509. */
    private static KeyPair pair(KeyFile files, String name) {
        byte[] stored = load(files, name, () -> encoded(newP256()));
        int privateBytes = (stored[0] & 0xff) << 8 | stored[1] & 0xff;
        byte[] pkcs8 = Arrays.copyOfRange(stored, 2, 2 + privateBytes);
        byte[] x509 = Arrays.copyOfRange(stored, 2 + privateBytes, stored.length);
        try {
            KeyFactory factory = KeyFactory.getInstance("EC");
            PrivateKey privateKey = factory.generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
            PublicKey publicKey = factory.generatePublic(new X509EncodedKeySpec(x509));
            return new KeyPair(publicKey, privateKey);
        } catch (GeneralSecurityException damaged) {
            throw new IllegalStateException("the TLS key " + name + " is damaged", damaged);
        }
    }

    private static byte[] encoded(KeyPair pair) {
        byte[] pkcs8 = pair.getPrivate().getEncoded();
        byte[] x509 = pair.getPublic().getEncoded();
        byte[] out = new byte[2 + pkcs8.length + x509.length];
        out[0] = (byte) (pkcs8.length >> 8);
        out[1] = (byte) pkcs8.length;
        System.arraycopy(pkcs8, 0, out, 2, pkcs8.length);
        System.arraycopy(x509, 0, out, 2 + pkcs8.length, x509.length);
        return out;
    }

    private static KeyPair newP256() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"), new SecureRandom());
            return generator.generateKeyPair();
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("the JDK has no P-256", missing);
        }
    }

    @Override
    public String toString() {
        return "NodeKeys[" + signing.verifyKey() + "]";
    }
}
