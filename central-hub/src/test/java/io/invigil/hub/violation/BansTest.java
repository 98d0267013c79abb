package io.invigil.hub.violation;

import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.appliance.db.Dialect;
import io.invigil.appliance.db.MigrationSource;
import io.invigil.hub.candidate.CandidateId;
import io.invigil.hub.candidate.MadeUpPeople;
import io.invigil.hub.organisation.FieldIssue;
import io.invigil.hub.organisation.HubWorld;
import io.invigil.hub.organisation.Numbers;
import io.invigil.hub.organisation.OrganisationId;
import io.invigil.hub.organisation.StaffScope;
import io.invigil.hub.plan.LevelId;
import io.invigil.hub.plan.Plan;
import io.invigil.hub.registration.RegistrationDecision;
import io.invigil.hub.registration.Registrations;
import io.invigil.testkit.StoreContract;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Domain sections 5 and 12, source S1 article 7: bans with effect dates, asked at registration. */
class BansTest {
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
        private Plan plan;
        private List<CandidateId> people;
        private Bans bans;

        Contract(Dialect dialect) {
            super(dialect, new MigrationSource("hub", Numbers.class));
        }

        @BeforeEach
        void makePlan() {
            world = new HubWorld(database());
            plan = world.plan("K7");
            people = world.candidates(world.clerk, 0, 3);
            bans = new Bans(world.clock);
        }

        private List<FieldIssue> add(
                StaffScope scope, Optional<OrganisationId> body, LocalDate first, LocalDate last) {
            return database()
                    .inTransaction(
                            tx ->
                                    bans.add(
                                            tx,
                                            scope,
                                            new Bans.Draft(
                                                    MadeUpPeople.idNumber(0),
                                                    body,
                                                    Optional.ofNullable(first),
                                                    Optional.ofNullable(last),
                                                    HubWorld.ZONE,
                                                    "替考，取消成绩")));
        }

        private Map<CandidateId, String> banned() {
            return database().inTransaction(tx -> bans.banned(tx, plan, people));
        }

        @Test
        void aBanThatTouchesTheExamWindowRefusesRegistrationUntilItIsLifted() {
            world.subject(plan, world.level(plan, List.of()), "S1");
            LevelId level =
                    database()
                            .inTransaction(
                                    tx ->
                                            new io.invigil.hub.plan.PlanContent()
                                                    .levels(tx, world.tenant, plan.id()))
                            .get(0)
                            .id();
            LocalDate last = HubWorld.DAY.plusYears(1);
            assertThat(add(world.authority, Optional.empty(), HubWorld.DAY, last)).isEmpty();
            Registrations registrations = new Registrations(world.clock, bans);
            RegistrationDecision.Carried carried =
                    (RegistrationDecision.Carried)
                            database()
                                    .inTransaction(
                                            tx ->
                                                    registrations.register(
                                                            tx, world.clerk, plan, level, people));
            assertThat(carried.done()).containsExactly(people.get(1), people.get(2));
            assertThat(carried.refused().get(people.get(0)))
                    .isEqualTo(
                            new FieldIssue("candidates", "REG_CANDIDATE_BANNED", last.toString()));
            Ban ban = database().inTransaction(tx -> bans.all(tx, world.authority, 0, 10)).get(0);
            assertThat(
                            database()
                                    .<List<FieldIssue>>inTransaction(
                                            tx -> bans.lift(tx, world.authority, ban, "复核撤销")))
                    .isEmpty();
            assertThat(banned()).isEmpty();
            assertThat(
                            database()
                                    .<List<FieldIssue>>inTransaction(
                                            tx -> bans.lift(tx, world.authority, ban, "再次")))
                    .extracting(FieldIssue::code)
                    .containsExactly("BAN_LIFTED");
        }

        @Test
        void theEffectDatesCountToTheDay() {
            LocalDate firstExamDay = plan.windows().exam().firstDay(plan.zone());
            LocalDate lastExamDay = plan.windows().exam().lastDay(plan.zone());
            add(
                    world.authority,
                    Optional.empty(),
                    firstExamDay.minusDays(30),
                    firstExamDay.minusDays(1));
            add(
                    world.authority,
                    Optional.empty(),
                    lastExamDay.plusDays(1),
                    lastExamDay.plusDays(30));
            assertThat(banned()).isEmpty();
            add(world.authority, Optional.empty(), firstExamDay.minusDays(30), firstExamDay);
            assertThat(banned()).containsOnlyKeys(people.get(0));
        }

        @Test
        void aBanFromOneBodysExamsLeavesTheOthers() {
            OrganisationId own = world.body.organisation().id();
            OrganisationId strange = world.authority.organisation().id();
            add(world.authority, Optional.of(strange), HubWorld.DAY, HubWorld.DAY.plusYears(1));
            assertThat(banned()).isEmpty();
            add(world.authority, Optional.of(own), HubWorld.DAY, HubWorld.DAY.plusYears(1));
            assertThat(banned()).hasSize(1);
        }

        @Test
        void onlyTheAuthorityEntersBansOfAtMostThreeYears() {
            LocalDate day = HubWorld.DAY;
            assertThat(add(world.body, Optional.empty(), day, day))
                    .extracting(FieldIssue::code)
                    .containsExactly("BAN_NOT_ALLOWED");
            assertThat(add(world.authority, Optional.empty(), day, day.minusDays(1)))
                    .extracting(FieldIssue::code)
                    .containsExactly("BAN_DATES_REVERSED");
            assertThat(add(world.authority, Optional.empty(), day, null))
                    .extracting(FieldIssue::code)
                    .containsExactly("BAN_DATES_MISSING");
            assertThat(add(world.authority, Optional.empty(), day, day.plusYears(3)))
                    .extracting(FieldIssue::code)
                    .containsExactly("BAN_TOO_LONG");
            assertThat(add(world.authority, Optional.empty(), day, day.plusYears(3).minusDays(1)))
                    .isEmpty();
        }
    }
}
