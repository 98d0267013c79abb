package io.invigil.hub.site;

import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.appliance.db.Dialect;
import io.invigil.appliance.db.MigrationSource;
import io.invigil.hub.organisation.FieldIssue;
import io.invigil.hub.organisation.HubWorld;
import io.invigil.hub.organisation.Numbers;
import io.invigil.hub.organisation.StaffScope;
import io.invigil.hub.plan.LevelId;
import io.invigil.hub.plan.Plan;
import io.invigil.hub.plan.Window;
import io.invigil.testkit.StoreContract;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Domain sections 3a and 4, source 002 section 6: rooms taken over from the last exam, export. */
class RoomCopiesTest {

    @Test
    void theStateOfARoomFollowsFromTimeToTheInstant() {
        Instant from = Instant.parse("2026-11-23T01:00:00Z");
        Instant to = from.plusSeconds(7200);
        Optional<Window> used = Optional.of(new Window(from, to));
        assertThat(RoomState.of(Optional.empty(), from)).isEqualTo(RoomState.NOT_ARRANGED);
        assertThat(RoomState.of(used, from.minusMillis(1))).isEqualTo(RoomState.WAITING);
        assertThat(RoomState.of(used, from)).isEqualTo(RoomState.IN_PROGRESS);
        assertThat(RoomState.of(used, to.minusMillis(1))).isEqualTo(RoomState.IN_PROGRESS);
        assertThat(RoomState.of(used, to)).isEqualTo(RoomState.FINISHED);
    }

    @Test
    void theExportHasTheColumnsOfTheSource() {
        assertThat(String.join(", ", RoomTransferPages.sheet().headers()))
                .isEqualTo("所属考试计划, 所属考场地点, 所属院校, 考场名称, 考场类型, 考位数, 考场地址, 详细地址," + " 本次组织考试的证书, 状态");
    }

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
        private HubWorld world;
        private Plan last;
        private Plan next;
        private SiteId site;

        Contract(Dialect dialect) {
            super(dialect, new MigrationSource("hub", Numbers.class));
        }

        @BeforeEach
        void makePlans() {
            world = new HubWorld(database());
            last = world.plan("K1");
            next = world.plan("K2");
            site = world.site();
            LevelId level = world.level(last, List.of());
            database()
                    .useTransaction(
                            tx ->
                                    new Rooms()
                                            .add(
                                                    tx,
                                                    world.clerk,
                                                    last,
                                                    new RoomDraft(
                                                            site,
                                                            "107室",
                                                            Set.of(
                                                                    io.invigil.hub.plan.ExamMode
                                                                            .WRITTEN),
                                                            30,
                                                            5,
                                                            "一号楼107",
                                                            Set.of(level),
                                                            Set.of(3),
                                                            Set.of(1)),
                                                    world.clock.instant()));
        }

        private Optional<RoomCopies.Copied> copy(StaffScope scope) {
            return database()
                    .inTransaction(
                            tx -> new RoomCopies().copy(tx, scope, next, world.clock.instant()));
        }

        private List<Room> rooms() {
            return database().inTransaction(tx -> new Rooms().ofPlan(tx, world.tenant, next.id()));
        }

        @Test
        void roomsComeAlongWithTheirLayoutAndTheSameCertificates() {
            LevelId level = world.level(next, List.of());
            assertThat(copy(world.clerk).orElseThrow().copied()).isEqualTo(1);
            Room made = rooms().get(0);
            assertThat(made.name()).isEqualTo("107室");
            assertThat(made.levels()).containsExactly(level);
            assertThat(made.broken()).containsExactly(3);
            assertThat(made.accessible()).containsExactly(1);
            RoomCopies.Copied again = copy(world.clerk).orElseThrow();
            assertThat(again.copied()).isZero();
            assertThat(again.refused().get("107室").code()).isEqualTo("ROOM_NAME_TAKEN");
            assertThat(rooms()).hasSize(1);
        }

        @Test
        void aRoomWhoseCertificateThePlanDoesNotOfferIsRefusedByName() {
            RoomCopies.Copied copied = copy(world.clerk).orElseThrow();
            assertThat(copied.copied()).isZero();
            assertThat(copied.refused().values())
                    .extracting(FieldIssue::code)
                    .containsExactly("ROOM_LEVELS_MISSING");
        }

        @Test
        void onlyTheSchoolItselfTakesItsRoomsOver() {
            assertThat(copy(world.body)).isEmpty();
            assertThat(copy(world.otherClerk)).isEmpty();
            assertThat(rooms()).isEmpty();
        }
    }
}
