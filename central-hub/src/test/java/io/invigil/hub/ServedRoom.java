package io.invigil.hub;

import io.invigil.appliance.db.Tx;
import io.invigil.protocol.crypto.SealKey;
import io.invigil.testkit.SeededEntropy;
import java.util.Map;

/** A node and a published package for the one room of a {@link ScoringWorld}, without content. */
public final class ServedRoom {
    public static final String NODE = "node-1";
    public final SealKey key = SealKey.generate(new SeededEntropy(5));
    public final String exam;
    private final ScoringWorld world;

    public ServedRoom(ScoringWorld world) {
        this.world = world;
        this.exam = "S" + world.slot.value() + "-" + NODE;
        world.inTx(this::fill);
    }

    private Boolean fill(Tx tx) {
        tx.update(
                        """
                        insert into fleet_node (tenant, node, site, site_name, rooms, record_key,
                            seal_key, lan_names, software, enrolled_ms, last_seen_ms, connected,
                            revoked_ms, revoked_by, revoke_reason)
                        values (:t, :node, 1, '', '', '', :key, '', '', 0, 0, true, 0, '', '')
                        """)
                .bindMap(Map.of("t", world.tenant.value(), "node", NODE))
                .bind("key", key.publicKey().hex())
                .execute();
        tx.update(
                        """
                        insert into exam_package (tenant, exam, plan, slot, site, node, starts_ms,
                            ends_ms, secrets, version, digest, manifest, sittings, published_ms,
                            published_by, fetched_version, active_version, release_ms, sent_ms,
                            opened_ms, opened_how)
                        values (:t, :exam, :plan, :slot, 1, :node, :starts, :ends, :none, 1, :digest,
                            :none, 1, 0, '', 1, 1, 0, 0, 1, '')
                        """)
                .bindMap(Map.of("t", world.tenant.value(), "node", NODE, "exam", exam))
                .bind("plan", world.plan.value())
                .bind("slot", world.slot.value())
                .bind("starts", java.time.Instant.parse("2026-11-20T01:00:00Z").toEpochMilli())
                .bind("ends", java.time.Instant.parse("2026-11-20T03:00:00Z").toEpochMilli())
                .bind("digest", "0".repeat(64))
                .bind("none", new byte[0])
                .execute();
        return true;
    }
}
