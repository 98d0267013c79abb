package io.invigil.hub;

import io.invigil.appliance.data.DataDirectory;
import io.invigil.appliance.data.DataKey;
import io.invigil.appliance.data.KeyFile;
import io.invigil.appliance.db.Database;
import io.invigil.hub.audit.AuditAnchor;
import io.invigil.hub.audit.AuditCheck;
import io.invigil.hub.audit.AuditLog;
import io.invigil.hub.audit.AuditSeal;
import io.invigil.hub.fleet.RealmKeys;
import io.invigil.protocol.crypto.Entropy;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;

/** Verifies the audit of a hub that does not run, from its own data directory and database. */
public final class HubAuditVerification {
    private HubAuditVerification() {}

    /**
     * Reads the whole log.
     *
     * @param environment for the data key
     * @throws io.invigil.appliance.data.DataDirectoryInUse while the hub runs
     * @throws HubNotFounded when there is no hub in the directory
     */
    public static AuditCheck.Result of(HubSettings settings, Map<String, String> environment) {
        SecureRandom random = new SecureRandom();
        Entropy entropy = random::nextBytes;
        try (DataDirectory data = DataDirectory.open(settings.dataDirectory())) {
            DataKey dataKey = DataKey.open(data, environment, entropy);
            KeyFile keys = new KeyFile(data.directory("keys"), dataKey, entropy);
            RealmKeys realm =
                    RealmKeys.load(keys, Clock.systemUTC(), random).orElseThrow(HubNotFounded::new);
            AuditAnchor anchor = new AuditAnchor(data.file(OfficeWiring.SEALS_FILE));
            long tenant = HubWiring.TENANT.value();
            Optional<AuditSeal> newest = anchor.newest(tenant);
            try (Database database =
                    Database.open(HubWiring.databaseSettings(settings, data, dataKey))) {
                return new AuditLog(database).verify(tenant, realm.receipt().verifyKey(), newest);
            }
        }
    }
}
