package io.invigil.hub.fleet;

import io.invigil.appliance.db.Database;
import io.invigil.appliance.db.Tx;
import io.invigil.hub.organisation.TenantId;
import io.invigil.protocol.hub.KeyStanding;
import io.invigil.protocol.receipt.LaneKey;
import io.invigil.protocol.trust.Revocations;
import io.invigil.protocol.trust.TrustBundle;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the hub states about keys: trust roots and revocations (XSP/1 section 10). Thread-safe. */
public final class TrustStatements {
    private final Database database;
    private final TenantId tenant;
    private final RealmKeys realm;
    private final Clock clock;
    private final NodeKeyStore keys = new NodeKeyStore();

    public TrustStatements(Database database, TenantId tenant, RealmKeys realm, Clock clock) {
        this.database = database;
        this.tenant = tenant;
        this.realm = realm;
        this.clock = clock;
    }

    /** Everything a node walks and reads. */
    public TrustBundle bundle() {
        return TrustBundle.of(realm.trustRoots(), database.inTransaction(this::revocations));
    }

    private Optional<byte[]> revocations(Tx tx) {
        List<NodeKeyStore.RevokedKey> revoked =
                keys.revokedKeys(tx, tenant, Revocations.ENTRIES_MAX);
        if (revoked.isEmpty()) {
            return Optional.empty();
        }
        List<Revocations.Entry> entries = new ArrayList<>();
        for (NodeKeyStore.RevokedKey key : revoked) {
            entries.add(
                    new Revocations.Entry(
                            key.node().value(),
                            key.keyId().hex(),
                            key.at(),
                            key.reason(),
                            validThrough(tx, key)));
        }
        // the newest revocation names the version: it only rises
        long version = revoked.getFirst().at().toEpochMilli();
        return Optional.of(
                new Revocations(
                                Revocations.FORMAT,
                                realm.realm().value(),
                                version,
                                clock.instant(),
                                entries)
                        .sign(realm.manifest()));
    }

    private Map<String, Long> validThrough(Tx tx, NodeKeyStore.RevokedKey key) {
        Map<String, Long> through = new HashMap<>();
        keys.keys(tx, tenant, key.node()).stream()
                .filter(standing -> standing.key().keyId().equals(key.keyId()))
                .map(KeyStanding::validThrough)
                .forEach(
                        lanes ->
                                lanes.forEach(
                                        (lane, seq) -> {
                                            if (through.size() < Revocations.Entry.HEADS_MAX) {
                                                through.put(head(lane), seq);
                                            }
                                        }));
        return through;
    }

    private static String head(LaneKey lane) {
        return Revocations.Entry.head(lane.epoch(), lane.lane());
    }
}
