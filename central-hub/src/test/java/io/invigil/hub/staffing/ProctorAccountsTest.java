package io.invigil.hub.staffing;

import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.appliance.account.PasswordHash;
import io.invigil.appliance.account.StaffAccounts;
import io.invigil.appliance.account.StaffAccounts.InitialPassword;
import io.invigil.appliance.db.Dialect;
import io.invigil.appliance.db.MigrationSource;
import io.invigil.appliance.db.Tx;
import io.invigil.appliance.web.session.MemorySessions;
import io.invigil.exam.pack.Roster;
import io.invigil.hub.message.Message;
import io.invigil.hub.message.Outbox;
import io.invigil.hub.organisation.FieldIssue;
import io.invigil.hub.organisation.HubWorld;
import io.invigil.hub.organisation.Numbers;
import io.invigil.hub.organisation.StaffScope;
import io.invigil.hub.plan.LevelId;
import io.invigil.hub.plan.Plan;
import io.invigil.hub.plan.PlanContent;
import io.invigil.hub.plan.SlotId;
import io.invigil.hub.plan.SubjectId;
import io.invigil.hub.site.Room;
import io.invigil.hub.site.RoomId;
import io.invigil.hub.site.SiteId;
import io.invigil.testkit.SeededEntropy;
import io.invigil.testkit.StoreContract;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/**
 * Accounts of certified proctors (issue 4 part 9; domain, section 8: "account first"; source 002
 * section 10: 设置监考人员前，需要先…为监考人员创建用户信息).
 */
class ProctorAccountsTest {
    private static final ProctorAccounts.Letter LETTER =
            new ProctorAccounts.Letter() {
                @Override
                public String subject() {
                    return "监考人员账号";
                }

                @Override
                public String text(String login, String password) {
                    return login + " " + password;
                }
            };

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
        private Proctors proctors;
        private ProctorAccounts accounts;
        private LevelId level;
        private Plan plan;
        private Proctor person;

        Contract(Dialect dialect) {
            super(dialect, new MigrationSource("hub", Numbers.class));
        }

        @BeforeEach
        void open() {
            world = new HubWorld(database());
            proctors = new Proctors(world.clock);
            accounts =
                    new ProctorAccounts(
                            new StaffAccounts(
                                    database(),
                                    new MemorySessions(),
                                    world.clock,
                                    new SeededEntropy(4)),
                            proctors);
            plan = world.plan("K1");
            level = world.level(plan, List.of());
            StaffingDecision added = in(tx -> proctors.add(tx, world.clerk, "李虹", "13800000551"));
            ProctorId id = ((StaffingDecision.Saved) added).proctor();
            person = in(tx -> proctors.findVisible(tx, world.clerk, id)).orElseThrow();
        }

        private <T> T in(Function<Tx, T> work) {
            return database().inTransaction(work);
        }

        private void certified() {
            Qualification.Need need = new Qualification.Need("C100", "初级");
            in(tx -> proctors.apply(tx, world.clerk, person, need));
            in(tx -> proctors.certify(tx, world.body, person, need));
        }

        private boolean opened(InitialPassword password) {
            return in(tx -> accounts.open(tx, world.body, person, password, LETTER));
        }

        private List<Message> messages() {
            return database()
                    .inTransaction(
                            tx ->
                                    new Outbox()
                                            .list(
                                                    tx,
                                                    world.tenant.value(),
                                                    world.clerk.organisation().id().value(),
                                                    Optional.empty(),
                                                    0,
                                                    10));
        }

        @Test
        void onlyWhoIsCertifiedGetsAnAccountAndOnce() {
            assertThat(opened(accounts.newPassword())).isFalse();
            in(tx -> proctors.apply(tx, world.clerk, person, new Qualification.Need("C100", "初级")));
            assertThat(opened(accounts.newPassword())).as("未认证").isFalse();
            certified();
            assertThat(opened(accounts.newPassword())).isTrue();
            assertThat(opened(accounts.newPassword())).isFalse();
            Optional<String> login = in(tx -> accounts.login(tx, person));
            assertThat(login).contains(person.number().toLowerCase());
            assertThat(messages()).hasSize(1);
            assertThat(messages().getFirst().recipient()).isEqualTo("13800000551");
        }

        @Test
        void aNewPasswordIsTheOwnSchoolsToSend() {
            certified();
            StaffingDecision early = reset(world.clerk);
            assertThat(((StaffingDecision.Refused) early).issues())
                    .extracting(FieldIssue::code)
                    .containsExactly(StaffingRefusal.PROCTOR_WITHOUT_ACCOUNT.name());
            opened(accounts.newPassword());
            for (StaffScope who : List.of(world.otherClerk, world.body, world.authority)) {
                assertThat(reset(who)).isInstanceOf(StaffingDecision.Refused.class);
            }
            assertThat(messages()).hasSize(1);
            assertThat(reset(world.clerk)).isInstanceOf(StaffingDecision.Saved.class);
            assertThat(messages()).hasSize(2);
        }

        private StaffingDecision reset(StaffScope who) {
            InitialPassword password = accounts.newPassword();
            return in(tx -> accounts.reset(tx, who, person, password, LETTER));
        }

        @Test
        void theAccountOpensTheRoomsOfTheAssignmentInItsSlotAndNoOthers() {
            SubjectId subject = world.subject(plan, level, "S1");
            world.slot(plan, 9, 2, Set.of(subject));
            world.slot(plan, 14, 2, Set.of(subject));
            SiteId site = world.site();
            Room room = world.room(plan, site, level, "107室", 10);
            Room other = world.room(plan, site, level, "108室", 10);
            certified();
            InitialPassword password = accounts.newPassword();
            opened(password);
            List<SlotId> slots =
                    database()
                            .inTransaction(
                                    tx ->
                                            new PlanContent()
                                                    .slots(tx, world.tenant, plan.id()).stream()
                                                            .map(slot -> slot.id())
                                                            .toList());
            Assignment duty =
                    new Assignment(slots.get(0), room.id(), person.id(), Assignment.Duty.PATROL);
            database()
                    .useTransaction(
                            tx ->
                                    new AssignmentStore()
                                            .replace(
                                                    tx,
                                                    world.tenant,
                                                    plan.id(),
                                                    duty.slot(),
                                                    duty.room(),
                                                    List.of(duty),
                                                    "body",
                                                    world.clock.instant()));
            List<Roster.Staff> there = staff(slots.get(0), room.id(), other.id());
            assertThat(there).hasSize(1);
            assertThat(there.getFirst().name()).isEqualTo("李虹");
            assertThat(there.getFirst().role()).isEqualTo("PROCTOR");
            assertThat(
                            PasswordHash.fits(
                                    password.password().reveal(), there.getFirst().passwordHash()))
                    .isTrue();
            assertThat(staff(slots.get(0), other.id())).as("another room").isEmpty();
            assertThat(staff(slots.get(1), room.id())).as("another slot").isEmpty();
        }

        private List<Roster.Staff> staff(SlotId slot, RoomId... rooms) {
            return database()
                    .inTransaction(
                            tx ->
                                    ProctorAccounts.assigned()
                                            .of(tx, world.tenant, slot, List.of(rooms)));
        }
    }
}
