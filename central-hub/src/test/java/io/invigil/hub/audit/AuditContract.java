package io.invigil.hub.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.appliance.db.Dialect;
import io.invigil.appliance.db.MigrationSource;
import io.invigil.protocol.crypto.SigningKey;
import io.invigil.testkit.SeededEntropy;
import io.invigil.testkit.StoreContract;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A log with a tenant of its own for each test. */
abstract class AuditContract extends StoreContract {
    static final SigningKey KEY = SigningKey.generate(new SeededEntropy(7));
    private static final AtomicLong NEXT_TENANT = new AtomicLong(1);

    /** A record as the hub's rules have them. */
    record Thing(String name, int seats, String note) {}

    final Audit audit = new Audit();
    AuditActor who;
    AuditLog log;
    AuditAnchor anchor;
    AuditSealer sealer;
    @TempDir Path files;

    AuditContract(Dialect dialect) {
        super(dialect, new MigrationSource("hub", Audit.class));
    }

    private static AuditActor actor(long tenant) {
        return new AuditActor(tenant, "zhang", "school-clerk", 5, "10.0.0.7");
    }

    @BeforeEach
    void ownTenant() {
        who = actor(NEXT_TENANT.getAndIncrement());
        log = new AuditLog(database());
        anchor = new AuditAnchor(files.resolve("seals.json"));
        sealer = new AuditSealer(database(), "one", KEY, anchor);
    }

    @AfterEach
    void giveUpTheLease() {
        sealer.close();
    }

    void change(String key, Object before, Object after) {
        database().useTransaction(tx -> audit.changed(tx, who, "room", key, before, after));
    }

    List<AuditEntry> all() {
        return log.find(who.tenant(), AuditFilter.everything(), 0, 1000);
    }

    AuditCheck.Result verify() {
        return log.verify(who.tenant(), KEY.verifyKey(), anchor.newest(who.tenant()));
    }

    void sql(String statement) {
        database().useTransaction(tx -> tx.update(statement).bind("t", who.tenant()).execute());
    }

    void tenChanges() {
        for (int i = 1; i <= 10; i++) {
            change("" + i, new Thing("107室", 40, ""), new Thing("107室", 40 + i, ""));
            if (i % 3 == 0) {
                sealer.round();
            }
        }
        sealer.round();
        assertThat(verify().isSound()).isTrue();
        assertThat(verify().entries()).isEqualTo(10);
    }
}
