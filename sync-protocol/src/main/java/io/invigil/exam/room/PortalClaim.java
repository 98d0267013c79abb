package io.invigil.exam.room;

import io.invigil.protocol.crypto.Entropy;
import io.invigil.protocol.crypto.SealKey;
import io.invigil.protocol.crypto.SealPublicKey;
import io.invigil.protocol.crypto.SigningKey;
import io.invigil.protocol.fact.NodeId;
import io.invigil.protocol.fact.Realm;
import io.invigil.protocol.receipt.MessageType;
import io.invigil.protocol.receipt.SignedMessage;
import java.util.Optional;

/**
 * A candidate who is signed in at the hub's portal says to be in the room (issue 3, part 1;
 * XSP-039): the code that the room's screen shows, on its way to the node that holds the sitting.
 * The node alone judges it, by its own clock at the moment it comes.
 *
 * @param request grows with every claim of a sitting; the node answers each number once
 * @param code as typed
 * @param leave check-out rather than check-in
 */
public record PortalClaim(String exam, long sitting, long request, String code, boolean leave) {
    public static final int CODE_CHARS_MAX = 40;
    private static final NodeLetter LETTER =
            new NodeLetter(MessageType.PORTAL_CLAIM, "xsp1 portal claim", 2 * 1024);

    public PortalClaim {
        if (exam.isEmpty() || exam.length() > CentreWord.EXAM_CHARS_MAX) {
            throw new IllegalArgumentException("a claim names an exam");
        }
        if (sitting <= 0 || request <= 0 || code.length() > CODE_CHARS_MAX) {
            throw new IllegalArgumentException("a claim has a sitting, a number and a code");
        }
    }

    /** The message as it travels on any carrier. */
    public byte[] message(
            Realm realm, NodeId node, SealPublicKey nodeKey, SigningKey hubKey, Entropy entropy) {
        return LETTER.write(this, realm, node, nodeKey, hubKey, entropy);
    }

    /** Opens a message whose signature was verified; empty when it is not for this node. */
    public static Optional<PortalClaim> open(
            SignedMessage message, Realm realm, NodeId node, SealKey key) {
        return LETTER.read(message, realm, node, key, PortalClaim.class);
    }
}
