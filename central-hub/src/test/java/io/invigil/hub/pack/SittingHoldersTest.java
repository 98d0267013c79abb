package io.invigil.hub.pack;

import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.appliance.db.Dialect;
import io.invigil.appliance.db.MigrationSource;
import io.invigil.exam.pack.Roster;
import io.invigil.exam.room.ProctorFact;
import io.invigil.hub.RoomScript;
import io.invigil.hub.attempt.AttemptProjection;
import io.invigil.hub.organisation.TenantId;
import io.invigil.protocol.fact.NodeId;
import io.invigil.testkit.StoreContract;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/**
 * An attempt is bound to one node and moves only when that node gave it up (domain, section 11).
 */
class SittingHoldersTest {
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
        private static final AtomicLong TENANTS = new AtomicLong(9_000);
        private TenantId tenant;
        private NodeId revoked;
        private SittingHolders holders;

        Contract(Dialect dialect) {
            super(dialect, new MigrationSource("hub", SittingHolders.class));
        }

        @BeforeEach
        void bind() {
            tenant = new TenantId(TENANTS.incrementAndGet());
            revoked = new NodeId("nobody");
            holders = new SittingHolders(tenant, (tx, node) -> node.equals(revoked));
            assertThat(take(ONE, 7, 8)).isEmpty();
        }

        private Optional<Long> take(NodeId node, long... sittings) {
            List<Roster.Entry> entries =
                    java.util.Arrays.stream(sittings).mapToObj(Contract::entry).toList();
            return database()
                    .inTransaction(tx -> holders.take(tx, node, "EX-1", entries, Instant.EPOCH))
                    .map(Roster.Entry::sitting);
        }

        private static Roster.Entry entry(long sitting) {
            return new Roster.Entry(
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
        }

        private void releases(NodeId node, long sitting) {
            new RoomScript(tenant, node.value())
                    .add(new ProctorFact.SittingReleased(sitting, "room closed by water"))
                    .applyTo(database(), new AttemptProjection(List.of()));
        }

        @Test
        void theSameNodeMayHaveItAgainInEveryVersion() {
            assertThat(take(ONE, 7, 8)).isEmpty();
        }

        @Test
        void anotherNodeGetsItOnlyOnceTheHolderReleasedIt() {
            assertThat(take(TWO, 7)).contains(7L);
            releases(TWO, 7);
            assertThat(take(TWO, 7)).as("its own word is not the holder's").contains(7L);
            NodeId three = new NodeId("room-three");
            releases(ONE, 7);
            assertThat(take(three, 7)).isEmpty();
            assertThat(take(ONE, 7)).as("given up for good").contains(7L);
        }

        @Test
        void aPackageIsTakenAsAWholeOrNotAtAll() {
            releases(ONE, 7);
            assertThat(take(TWO, 7, 8)).contains(8L);
            assertThat(take(new NodeId("room-three"), 7))
                    .as("the refused package bound nothing")
                    .isEmpty();
        }

        @Test
        void aRevokedNodeHoldsNothing() {
            revoked = ONE;
            assertThat(take(TWO, 7, 8)).isEmpty();
            assertThat(take(ONE, 7)).contains(7L);
        }
    }
}
