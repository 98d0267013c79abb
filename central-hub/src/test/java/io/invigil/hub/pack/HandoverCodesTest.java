package io.invigil.hub.pack;

import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.appliance.db.Dialect;
import io.invigil.appliance.db.MigrationSource;
import io.invigil.exam.pack.Roster;
import io.invigil.exam.pack.SittingHolder;
import io.invigil.hub.AuditTrail;
import io.invigil.hub.audit.AuditActor;
import io.invigil.hub.organisation.TenantId;
import io.invigil.hub.pack.HandoverCodes.Outcome;
import io.invigil.protocol.fact.NodeId;
import io.invigil.testkit.StoreContract;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Domain, section 11: where no line is, an attempt moves by a code given to two officials. */
class HandoverCodesTest {
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
        private static final NodeId ONE = new NodeId("room-one");
        private static final NodeId TWO = new NodeId("room-two");
        private static final AtomicLong TENANTS = new AtomicLong(9_500);
        private SittingHolders holders;
        private TenantId tenant;
        private HandoverCodes codes;

        Contract(Dialect dialect) {
            super(dialect, new MigrationSource("hub", SittingHolders.class));
        }

        private static byte[] key(String exam) {
            byte[] key = new byte[32];
            Arrays.fill(key, (byte) exam.hashCode());
            return key;
        }

        /** A half as the node of that package tells it. */
        private static String told(String exam, long sitting, int half) {
            return SittingHolder.handoverCode(key(exam), exam, sitting).half(half);
        }

        @BeforeEach
        void bind() {
            tenant = new TenantId(TENANTS.incrementAndGet());
            holders = new SittingHolders(tenant, (tx, node) -> false);
            codes =
                    new HandoverCodes(
                            tenant,
                            Contract::key,
                            Clock.fixed(Instant.ofEpochSecond(1_900_000_000), ZoneOffset.UTC));
            assertThat(take(ONE, "EX-1", 7)).isTrue();
            assertThat(take(ONE, "EX-1", 8)).isTrue();
        }

        private boolean take(NodeId node, String exam, long sitting) {
            Roster.Entry entry =
                    new Roster.Entry(
                            sitting,
                            "",
                            "A" + sitting,
                            "",
                            "",
                            "",
                            "",
                            "R1",
                            1,
                            "S1",
                            0,
                            "",
                            "",
                            Optional.empty());
            Optional<Roster.Entry> refused =
                    database()
                            .inTransaction(
                                    tx ->
                                            holders.take(
                                                    tx, node, exam, List.of(entry), Instant.EPOCH));
            return refused.isEmpty();
        }

        private Outcome tell(NodeId node, String exam, long sitting, String half, String login) {
            AuditActor who = new AuditActor(tenant.value(), login, "body-staff", 1, "");
            return database().inTransaction(tx -> codes.tell(tx, node, exam, sitting, half, who));
        }

        @Test
        void bothHalvesByTwoPeopleMoveTheSittingAndNothingElse() {
            assertThat(tell(ONE, "EX-1", 7, told("EX-1", 7, 2), "chen"))
                    .isEqualTo(Outcome.HALF_TAKEN);
            assertThat(take(TWO, "EX-2", 7)).as("one half").isFalse();
            assertThat(tell(ONE, "EX-1", 7, told("EX-1", 7, 1), "chen"))
                    .isEqualTo(Outcome.SAME_PERSON);
            assertThat(tell(ONE, "EX-1", 7, told("EX-1", 7, 2), "zhao"))
                    .as("the same half twice")
                    .isEqualTo(Outcome.HALF_TAKEN);
            assertThat(take(TWO, "EX-2", 7)).isFalse();
            String spoken = told("EX-1", 7, 1).replace(" ", "-");
            assertThat(tell(ONE, "EX-1", 7, spoken, "zhao")).isEqualTo(Outcome.RELEASED);
            assertThat(take(TWO, "EX-2", 8)).as("another sitting").isFalse();
            assertThat(take(TWO, "EX-2", 7)).isTrue();
            assertThat(take(ONE, "EX-1", 7)).as("given up for good").isFalse();
            assertThat(AuditTrail.of(database(), tenant))
                    .contains("CREATED handover EX-1/7")
                    .hasSize(3);
        }

        @Test
        void aCodeOfAnotherSittingPackageOrHolderIsWorthNothing() {
            assertThat(tell(ONE, "EX-1", 7, told("EX-1", 8, 1), "chen"))
                    .isEqualTo(Outcome.CODE_WRONG);
            assertThat(tell(ONE, "EX-1", 7, told("EX-2", 7, 1), "chen"))
                    .isEqualTo(Outcome.CODE_WRONG);
            assertThat(tell(TWO, "EX-2", 7, told("EX-2", 7, 1), "chen"))
                    .isEqualTo(Outcome.NOT_HELD);
            assertThat(tell(ONE, "EX-1", 9, told("EX-1", 9, 1), "chen"))
                    .isEqualTo(Outcome.NOT_HELD);
            assertThat(take(TWO, "EX-2", 7)).isFalse();
        }

        @Test
        void aCodeUsedOnceMovesNothingASecondTime() {
            tell(ONE, "EX-1", 7, told("EX-1", 7, 1), "chen");
            tell(ONE, "EX-1", 7, told("EX-1", 7, 2), "zhao");
            assertThat(take(TWO, "EX-2", 7)).isTrue();
            assertThat(tell(ONE, "EX-1", 7, told("EX-1", 7, 1), "chen"))
                    .isEqualTo(Outcome.NOT_HELD);
            assertThat(take(new NodeId("room-three"), "EX-3", 7))
                    .as("it is held by the second node now")
                    .isFalse();
        }

        @Test
        void fiveWrongTriesAndThenOneWaits() {
            for (int tries = 0; tries < HandoverCodes.TRIES_AT_ONCE; tries++) {
                assertThat(tell(ONE, "EX-1", 7, "00000 00000 00000", "chen"))
                        .isEqualTo(Outcome.CODE_WRONG);
            }
            assertThat(tell(ONE, "EX-1", 7, told("EX-1", 7, 1), "chen")).isEqualTo(Outcome.WAIT);
        }
    }
}
