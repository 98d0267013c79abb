package io.invigil.hub.importjob;

import io.invigil.appliance.config.Secret;
import io.invigil.appliance.db.Database;
import io.invigil.appliance.db.DatabaseSettings;
import io.invigil.appliance.db.MigrationSource;
import io.invigil.appliance.db.Migrations;
import io.invigil.hub.candidate.CandidateImport;
import io.invigil.hub.intake.ImportFile;
import io.invigil.hub.organisation.HubWorld;
import io.invigil.hub.organisation.Numbers;
import io.invigil.hub.organisation.TenantId;
import io.invigil.testkit.TestClock;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.CountDownLatch;

/**
 * A process that imports candidates and stands still inside a step, its rows written and not
 * committed, until it is killed.
 */
final class KilledImport {
    static final String INSIDE = "inside";

    private KilledImport() {}

    static DatabaseSettings settings(String place) {
        return place.startsWith("jdbc:")
                ? new DatabaseSettings.Postgres(place, "postgres", Secret.of("postgres"), 4)
                : DatabaseSettings.embedded(
                        Path.of(place), new byte[DatabaseSettings.Embedded.KEY_BYTES]);
    }

    /**
     * @param args database, workbook, row at which it stands still
     */
    public static void main(String[] args) throws Exception {
        Database database = Database.open(settings(args[0]));
        Migrations migrations = new Migrations(database, Clock.systemUTC());
        migrations.apply(MigrationSource.appliance());
        migrations.apply(new MigrationSource("hub", Numbers.class));
        HubWorld world = new HubWorld(database, new TenantId(1), new TestClock(HubWorld.NOW));
        int still = Integer.parseInt(args[2]);
        Importer importer =
                new WatchedImporter(
                        new CandidateImport(database, world.clock),
                        WatchedImporter.Watch.NONE,
                        (tx, from, to) -> {
                            if (from >= still) {
                                System.out.println(INSIDE);
                                standStill();
                            }
                        });
        CandidateImport.Mode mode = CandidateImport.Mode.ADD;
        ImportFile file = ImportFile.of(Path.of(args[1]));
        ImportJobs.of(database, world.clock, file)
                .register(mode.kind(), importer)
                .run(ImportOrder.of(world.clerk, mode.kind()), file);
    }

    private static void standStill() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
