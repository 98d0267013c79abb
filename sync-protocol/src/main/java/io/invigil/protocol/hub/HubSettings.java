package io.invigil.protocol.hub;

import io.invigil.protocol.bundle.BundleSeal;
import io.invigil.protocol.crypto.Digest;
import io.invigil.protocol.crypto.Entropy;
import io.invigil.protocol.crypto.SealKey;
import io.invigil.protocol.crypto.SigningKey;
import io.invigil.protocol.crypto.VerifyKey;
import io.invigil.protocol.fact.Realm;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What a hub instance's sync is made of.
 *
 * @param hub name of the hub, the same for all instances
 * @param signer current receipt key
 * @param ownKeys receipt keys, current and old, to recognise the hub's own receipts
 * @param opener opens bundles
 * @param sealKeys open blob chunks, by key id
 * @param blobs where chunks are staged
 */
public record HubSettings(
        Realm realm,
        String hub,
        SigningKey signer,
        Function<Digest, Optional<VerifyKey>> ownKeys,
        BundleSeal.Opener opener,
        List<SealKey> sealKeys,
        HubDirectory directory,
        HubStore store,
        BlobFiles blobs,
        Entropy entropy) {
    public HubSettings {
        sealKeys = List.copyOf(sealKeys);
    }
}
