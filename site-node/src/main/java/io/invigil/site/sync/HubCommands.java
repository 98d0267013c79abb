package io.invigil.site.sync;

import io.invigil.exam.room.CentreWord;
import io.invigil.protocol.crypto.SealKey;
import io.invigil.protocol.fact.NodeId;
import io.invigil.protocol.fact.Realm;
import io.invigil.protocol.receipt.MessageType;
import io.invigil.protocol.receipt.SignedMessage;
import io.invigil.site.room.RoomEngine;
import io.invigil.site.room.core.DeskCommand;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What the hub commands beside sync itself: key releases, and words for the room's staff (XSP-038).
 * Never waits: what the room cannot take now comes again.
 */
public final class HubCommands implements Consumer<SignedMessage> {
    private static final System.Logger LOG = System.getLogger(HubCommands.class.getName());

    private final Consumer<byte[]> keyRelease;
    private final RoomEngine engine;
    private final Realm realm;
    private final NodeId node;
    private final SealKey sealKey;

    /**
     * @param keyRelease takes the payload of a key release
     */
    public HubCommands(
            Consumer<byte[]> keyRelease,
            RoomEngine engine,
            Realm realm,
            NodeId node,
            SealKey sealKey) {
        this.keyRelease = keyRelease;
        this.engine = engine;
        this.realm = realm;
        this.node = node;
        this.sealKey = sealKey;
    }

    @Override
    public void accept(SignedMessage verified) {
        if (verified.type() == MessageType.KEY_RELEASE) {
            keyRelease.accept(verified.payload());
        } else if (verified.type() == MessageType.CENTRE_WORD) {
            hear(verified);
        } else {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "a command of the hub is not known here: {0}",
                    verified.type());
        }
    }

    private void hear(SignedMessage verified) {
        Optional<CentreWord> word = CentreWord.open(verified, realm, node, sealKey);
        if (word.isEmpty()) {
            LOG.log(System.Logger.Level.WARNING, "a word of the centre is not for this node");
            return;
        }
        CentreWord told = word.get();
        engine.submit(
                new DeskCommand.HearCentre(
                        "node",
                        told.exam(),
                        told.word(),
                        told.from(),
                        told.sentMillis(),
                        told.text()));
    }
}
