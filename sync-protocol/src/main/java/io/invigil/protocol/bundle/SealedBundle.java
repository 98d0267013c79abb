package io.invigil.protocol.bundle;

import io.invigil.protocol.crypto.Digest;
import io.invigil.protocol.crypto.VerifyKey;
import io.invigil.protocol.receipt.MessageType;
import io.invigil.protocol.receipt.Signature;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A bundle whose form is right and whose body is still sealed.
 *
 * @param id SHA-256 of all its bytes
 * @param headerBytes the clear header as sent
 * @param body the sealed body
 * @param signed everything from the magic to the end of the body
 */
@SuppressWarnings("ArrayRecordComponent")
public record SealedBundle(
        Digest id,
        BundleHeader header,
        byte[] headerBytes,
        byte[] body,
        byte[] signed,
        List<Signature> signatures) {
    public SealedBundle {
        signatures = List.copyOf(signatures);
    }

    /** Checks every signature; empty when all hold, else the reason. */
    public Optional<RejectReason> verify(Function<Digest, Optional<VerifyKey>> keys) {
        for (Signature signature : signatures) {
            Optional<VerifyKey> key = keys.apply(signature.keyId());
            if (key.isEmpty()) {
                return Optional.of(RejectReason.UNKNOWN_KEY);
            }
            if (!key.get().verify(MessageType.BUNDLE.uri(), signed, signature.value())) {
                return Optional.of(RejectReason.BAD_SIG);
            }
        }
        return Optional.empty();
    }
}
