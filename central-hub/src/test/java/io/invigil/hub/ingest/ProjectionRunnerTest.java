package io.invigil.hub.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.invigil.appliance.db.Dialect;
import io.invigil.appliance.db.MigrationSource;
import io.invigil.appliance.db.Tx;
import io.invigil.exam.room.FactStamp;
import io.invigil.exam.room.RoomFact;
import io.invigil.exam.room.StampedFact;
import io.invigil.hub.organisation.TenantId;
import io.invigil.protocol.crypto.Digest;
import io.invigil.protocol.fact.EpochId;
import io.invigil.protocol.fact.FactRecord;
import io.invigil.protocol.fact.Lane;
import io.invigil.protocol.fact.NodeId;
import io.invigil.protocol.hub.HubAlarm;
import io.invigil.protocol.hub.HubEffect;
import io.invigil.protocol.hub.LaneCursor;
import io.invigil.protocol.hub.StoredRange;
import io.invigil.protocol.receipt.LaneKey;
import io.invigil.testkit.StoreContract;
import io.invigil.testkit.TestClock;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Fault row 87, and the order of what projections see. */
class ProjectionRunnerTest {
    @Nested
    class OnDerby extends Contract {
        OnDerby() {
            super(Dialect.DERBY);
        }
    }

    @Nested
    class OnPostgresql extends Contract {
        OnPostgresql() {
            super(Dialect.POSTGRESQL);
        }
    }

    abstract static class Contract extends StoreContract {
        private static long tenants;
        private final TestClock clock = TestClock.examMorning();
        private final List<HubEffect.Alarm> alarms = new ArrayList<>();
        private TenantId tenant = new TenantId(1);
        private final EpochId epoch = new EpochId("0123456789abcdef0123456789abcdef");

        Contract(Dialect dialect) {
            super(dialect, new MigrationSource("hub", FactProjection.class));
        }

        @BeforeEach
        void takeAnotherTenant() {
            tenant = new TenantId(++tenants);
            alarms.clear();
        }

        @Test
        void appliesInOrderOfThePositionOverTheLanesAndOnlyOnce() {
            store(Lane.RES, 1, 2, "{\"t\":\"b\"}");
            store(Lane.RES, 2, 4, "{\"t\":\"d\"}");
            store(Lane.ATT, 1, 1, "{\"t\":\"a\"}");
            store(Lane.ATT, 2, 3, "{\"t\":\"c\"}");
            Seen seen = new Seen("seen", "");
            ProjectionRunner runner = runner(seen);
            assertThat(runner.lanesBehind()).isEqualTo(2);
            assertThat(runner.runOnce()).isEqualTo(4);
            assertThat(runner.runOnce()).isZero();
            assertThat(runner.lanesBehind()).isZero();
            store(Lane.RES, 3, 5, "{\"t\":\"e\"}");
            assertThat(runner.runOnce()).isEqualTo(1);
            assertThat(seen.types).containsExactly("a", "b", "c", "d", "e");
        }

        @Test
        void parksWhatAProjectionCannotApplyAndGoesOnForAllOthers() {
            for (int i = 1; i <= 5; i++) {
                store(Lane.RES, i, i, "{\"t\":\"" + (i == 3 ? "bad" : "ok" + i) + "\"}");
            }
            Seen broken = new Seen("broken", "bad");
            Seen sound = new Seen("sound", "");
            ProjectionRunner runner = runner(broken, sound);
            runner.runOnce();
            assertThat(broken.committed()).containsExactly("ok1", "ok2", "ok4", "ok5");
            assertThat(sound.types).containsExactly("ok1", "ok2", "bad", "ok4", "ok5");
            assertThat(unapplied())
                    .singleElement()
                    .satisfies(
                            row -> {
                                assertThat(row.projection()).isEqualTo("broken");
                                assertThat(row.seq()).isEqualTo(3);
                                assertThat(row.reason()).contains("does not like bad");
                            });

            Seen mended = new Seen("broken", "");
            assertThat(runner(mended, sound).retryParked("broken")).isEqualTo(1);
            assertThat(mended.types).containsExactly("bad");
            assertThat(unapplied()).isEmpty();
            assertThat(runner(mended, sound).runOnce()).isZero();
        }

        /** P6: unknown critical types are parked with row, reason and alarm. */
        @Test
        void parksFactsOfAnUnknownCriticalTypeWithOneAlarmAndAppliesTheOthers() {
            store(Lane.ATT, 1, 1, "{\"t\":\"a\"}");
            store(Lane.ATT, 2, 2, "{\"t\":\"seat-sealed\",\"crit\":true}");
            store(Lane.ATT, 3, 3, "{\"t\":\"seat-sealed\",\"crit\":true}");
            store(Lane.ATT, 4, 4, "{\"t\":\"new-but-harmless\"}");
            Seen one = new Seen("one", "");
            Seen two = new Seen("two", "");
            ProjectionRunner runner = runner(one, two);
            assertThat(runner.runOnce()).isEqualTo(8);
            assertThat(one.types).containsExactly("a", "new-but-harmless");
            assertThat(two.types).containsExactly("a", "new-but-harmless");
            assertThat(unapplied())
                    .extracting(RecordStore.Unapplied::projection, RecordStore.Unapplied::seq)
                    .containsExactlyInAnyOrder(
                            tuple("one", 2L), tuple("one", 3L), tuple("two", 2L), tuple("two", 3L));
            assertThat(unapplied())
                    .extracting(RecordStore.Unapplied::reason)
                    .containsOnly("UNKNOWN_CRITICAL seat-sealed");
            assertThat(alarms)
                    .containsExactly(
                            new HubEffect.Alarm(
                                    HubAlarm.UNKNOWN_CRITICAL, "room-one", "seat-sealed"));
            assertThat(runner.retryAfterUpdate()).isZero();
            assertThat(unapplied()).hasSize(4);
        }

        /** P6: an update that knows the type is given them, each once. */
        @Test
        void givesThemAgainOnceTheTypeIsKnown() {
            byte[] tick =
                    new StampedFact(
                                    new FactStamp(1, 1, "boot", "node"),
                                    new RoomFact.Tick("exam-1"))
                            .draft()
                            .json();
            String known = new String(tick, StandardCharsets.UTF_8);
            store(Lane.CTL, 1, 1, "{\"crit\":true," + known.substring(1));
            Seen one = new Seen("one", "");
            ProjectionRunner runner = runner(one);
            // what a program leaves that did not know the type
            RecordStore rows = new RecordStore();
            database()
                    .useTransaction(
                            tx -> {
                                long lane = rows.behind(tx, tenant, "one", 1).getFirst().id();
                                rows.lockProgress(tx, tenant, "one", lane);
                                rows.setProgress(tx, tenant, "one", lane, 1);
                                String reason = ProjectionRunner.UNKNOWN_CRITICAL + " tick";
                                rows.park(tx, tenant, "one", lane, 1, reason, clock.instant());
                            });
            assertThat(runner.runOnce()).isZero();
            assertThat(runner.retryAfterUpdate()).isEqualTo(1);
            assertThat(one.types).containsExactly("tick");
            assertThat(unapplied()).isEmpty();
            assertThat(runner.retryAfterUpdate()).isZero();
        }

        @Test
        void replaysFromTheStart() {
            store(Lane.CTL, 1, 1, "{\"t\":\"a\"}");
            Seen seen = new Seen("again", "");
            ProjectionRunner runner = runner(seen);
            runner.runOnce();
            runner.replay("again");
            runner.runOnce();
            assertThat(seen.types).containsExactly("a", "a");
        }

        @Test
        void takesMoreThanOneBatchWithoutOvertaking() {
            List<String> expected = new ArrayList<>();
            int count = ProjectionRunner.BATCH_MAX + 20;
            for (int i = 1; i <= count; i++) {
                store(Lane.RES, i, 2L * i, "{\"t\":\"r" + i + "\"}");
                expected.add("r" + i);
            }
            store(Lane.ATT, 1, 2L * count + 1, "{\"t\":\"last\"}");
            expected.add("last");
            Seen seen = new Seen("many", "");
            ProjectionRunner runner = runner(seen);
            while (runner.runOnce() > 0) {
                assertThat(seen.types.size()).isLessThanOrEqualTo(expected.size());
            }
            assertThat(seen.types).isEqualTo(expected);
        }

        private ProjectionRunner runner(FactProjection... projections) {
            return new ProjectionRunner(
                    database(), tenant, List.of(projections), clock, alarms::add);
        }

        private List<RecordStore.Unapplied> unapplied() {
            return database().inTransaction(tx -> new RecordStore().unapplied(tx, tenant, 10));
        }

        private void store(Lane lane, long seq, long position, String json) {
            database()
                    .useTransaction(
                            tx ->
                                    RecordRows.insert(
                                            tx,
                                            tenant,
                                            "room-one",
                                            epoch,
                                            lane,
                                            seq,
                                            position,
                                            json.getBytes(StandardCharsets.UTF_8)));
        }
    }

    /** Notes what it was given. */
    private static final class Seen implements FactProjection {
        private final String name;
        private final String poison;
        private final List<String> types = new ArrayList<>();

        Seen(String name, String poison) {
            this.name = name;
            this.poison = poison;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public void apply(Tx tx, IngestedFact fact) {
            if (fact.type().equals(poison)) {
                throw new IllegalStateException("does not like " + poison);
            }
            types.add(fact.type());
        }

        /** The first, rolled back attempt at the batch left its notes behind. */
        List<String> committed() {
            return types.subList(2, types.size());
        }
    }

    /** Rows as ingest would leave them. */
    private static final class RecordRows {
        static void insert(
                Tx tx,
                TenantId tenant,
                String node,
                EpochId epoch,
                Lane lane,
                long seq,
                long position,
                byte[] json) {
            SqlLanes lanes = new SqlLanes(tx, tenant, Instant.EPOCH);
            LaneKey key = new LaneKey(epoch, lane);
            NodeId id = new NodeId(node);
            LaneCursor held = lanes.lock(id, key, Digest.ZERO);
            FactRecord record =
                    FactRecord.chained(
                            epoch, lane, seq, position, new byte[16], json, held.ackHash());
            lanes.insert(id, List.of(record));
            StoredRange range = new StoredRange(seq, seq, record.prevHash(), record.hash());
            lanes.save(held.with(range).orElseThrow());
        }
    }
}
