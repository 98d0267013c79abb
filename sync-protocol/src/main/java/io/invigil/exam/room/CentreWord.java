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
import java.util.regex.Pattern;

/**
 * What the centre says to the staff of one exam's room (XSP-038): signed by the hub, sealed to the
 * node, so that neither the broker nor another room reads it. Its id makes it one word however
 * often and in whatever order it comes.
 *
 * @param word id, {@code [0-9a-f]{32}}
 * @param from who speaks, as the room shows it
 * @param sentMillis wall clock of the hub, for people
 */
public record CentreWord(String exam, String word, String from, long sentMillis, String text) {
    public static final int TEXT_CHARS_MAX = 500;
    public static final int FROM_CHARS_MAX = 200;
    public static final int EXAM_CHARS_MAX = 40;
    private static final NodeLetter LETTER =
            new NodeLetter(MessageType.CENTRE_WORD, "xsp1 centre word", 8 * 1024);
    private static final Pattern ID = Pattern.compile("[0-9a-f]{32}");

    public CentreWord {
        if (!ID.matcher(word).matches() || exam.isEmpty() || exam.length() > EXAM_CHARS_MAX) {
            throw new IllegalArgumentException("a word has an id and an exam");
        }
        if (text.isBlank()
                || text.length() > TEXT_CHARS_MAX
                || from.length() > FROM_CHARS_MAX
                || sentMillis < 0) {
            throw new IllegalArgumentException("a word of 1 to " + TEXT_CHARS_MAX + " characters");
        }
    }

    /** The message as it travels on any carrier. */
    public byte[] message(
            Realm realm, NodeId node, SealPublicKey nodeKey, SigningKey hubKey, Entropy entropy) {
        return LETTER.write(this, realm, node, nodeKey, hubKey, entropy);
    }

    /** Opens a message whose signature was verified; empty when it is not for this node. */
    public static Optional<CentreWord> open(
            SignedMessage message, Realm realm, NodeId node, SealKey key) {
        return LETTER.read(message, realm, node, key, CentreWord.class);
    }
}
