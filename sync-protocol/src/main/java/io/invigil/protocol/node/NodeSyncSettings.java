package io.invigil.protocol.node;

import io.invigil.protocol.bundle.BundleSeal;
import io.invigil.protocol.crypto.Digest;
import io.invigil.protocol.crypto.Entropy;
import io.invigil.protocol.crypto.SealPublicKey;
import io.invigil.protocol.crypto.SigningKey;
import io.invigil.protocol.crypto.VerifyKey;
import io.invigil.protocol.fact.EpochId;
import io.invigil.protocol.fact.NodeId;
import io.invigil.protocol.fact.Realm;
import io.invigil.protocol.receipt.NodeBelief;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What a node's sync is made of.
 *
 * @param epoch the running epoch
 * @param signer the node's record-signing key
 * @param sealer seals bundles to the hub's current seal key
 * @param blobSealKey the hub's current seal key, for chunks
 * @param hubKeys the hub's receipt-signing keys by id, as the trust root has them now
 * @param belief until the first {@link NodeInput.BeliefChanged}
 */
public record NodeSyncSettings(
        Realm realm,
        NodeId node,
        EpochId epoch,
        SigningKey signer,
        Supplier<BundleSeal.Sealer> sealer,
        Supplier<SealPublicKey> blobSealKey,
        Function<Digest, Optional<VerifyKey>> hubKeys,
        NodeBelief belief,
        Entropy entropy) {}
