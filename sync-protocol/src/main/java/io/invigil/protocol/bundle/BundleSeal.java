package io.invigil.protocol.bundle;

import io.invigil.protocol.crypto.Digest;
import io.invigil.protocol.crypto.Entropy;
import io.invigil.protocol.crypto.SealKey;
import io.invigil.protocol.crypto.SealPublicKey;
import io.invigil.protocol.crypto.Sealed;
import java.util.List;
import java.util.Optional;

/**
 * How bodies are sealed. The protocol's way is {@link Hpke}; the simulator may use a cheaper seal
 * that still detects every changed byte.
 */
public interface BundleSeal {

    /** The sending half. */
    interface Sealer {
        /** Which key of the receiver opens it. */
        Digest keyId();

        /** Seals plaintext, with the clear header as additional data. */
        byte[] seal(byte[] header, byte[] plaintext);
    }

    /** The receiving half. */
    interface Opener {
        /** Whether there is a key of this id. */
        boolean knows(Digest keyId);

        /** Opens a body; empty when any byte of header or body differs. */
        Optional<byte[]> open(Digest keyId, byte[] header, byte[] body);
    }

    /** HPKE (RFC 9180): body = encapsulated key, then ciphertext. */
    final class Hpke {
        private static final String INFO = "xsp/1 bundle";

        private Hpke() {}

        public static Sealer to(SealPublicKey hub, Entropy entropy) {
            return new Sealer() {
                @Override
                public Digest keyId() {
                    return hub.keyId();
                }

                @Override
                public byte[] seal(byte[] header, byte[] plaintext) {
                    return hub.seal(INFO, header, plaintext, entropy).joined();
                }
            };
        }

        /** Opens with any of these keys: seal keys overlap 90 days (XSP/1 section 10). */
        public static Opener with(List<SealKey> keys) {
            List<SealKey> known = List.copyOf(keys);
            return new Opener() {
                @Override
                public boolean knows(Digest keyId) {
                    return known.stream().anyMatch(k -> k.publicKey().keyId().equals(keyId));
                }

                @Override
                public Optional<byte[]> open(Digest keyId, byte[] header, byte[] body) {
                    if (body.length < Sealed.ENC_BYTES) {
                        return Optional.empty();
                    }
                    return known.stream()
                            .filter(k -> k.publicKey().keyId().equals(keyId))
                            .findFirst()
                            .flatMap(k -> k.open(INFO, header, Sealed.split(body)));
                }
            };
        }
    }
}
