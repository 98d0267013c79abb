package io.invigil.site.sync;

import io.invigil.exam.room.CentreWord;
import io.invigil.exam.room.PortalClaim;
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
 * What the hub commands beside sync itself: key releases, words for the room's staff (XSP-038),
 * claims of candidates at the portal (XSP-039). Never waits: what the room cannot take now comes
 * again.
 */
public final class HubCommands implements Consumer<SignedMessage> {
    private static final System.Logger LOG = System.getLogger(HubCommands.class.getName());

    private final Consumer<byte[]> keyRelease;
    private final Consumer<PortalClaim> claims;
    private final RoomEngine engine;
    private final Realm realm;
    private final NodeId node;
    private final SealKey sealKey;

    /**
     * @param keyRelease takes the payload of a key release
     * @param claims takes claims that are for this node
     */
    public HubCommands(
            Consumer<byte[]> keyRelease,
            Consumer<PortalClaim> claims,
            RoomEngine engine,
            Realm realm,
            NodeId node,
            SealKey sealKey) {
        this.keyRelease = keyRelease;
        this.claims = claims;
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
        } else if (verified.type() == MessageType.PORTAL_CLAIM) {
            claim(verified);
        } else {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "a command of the hub is not known here: {0}",
                    verified.type());
        }
    }

    private void claim(SignedMessage verified) {
        Optional<PortalClaim> claim = PortalClaim.open(verified, realm, node, sealKey);
        if (claim.isEmpty()) {
            LOG.log(System.Logger.Level.WARNING, "a claim of the portal is not for this node");
        }
        claim.ifPresent(claims);
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
