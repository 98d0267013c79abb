package io.invigil.hub.notice;

import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.appliance.db.Dialect;
import io.invigil.appliance.db.MigrationSource;
import io.invigil.appliance.db.Tx;
import io.invigil.hub.candidate.Candidate;
import io.invigil.hub.candidate.CandidateId;
import io.invigil.hub.candidate.Candidates;
import io.invigil.hub.message.Message;
import io.invigil.hub.organisation.HubWorld;
import io.invigil.hub.organisation.StaffScope;
import io.invigil.hub.plan.LevelId;
import io.invigil.hub.plan.Plan;
import io.invigil.hub.plan.PlanId;
import io.invigil.hub.plan.SubjectId;
import io.invigil.hub.registration.BanCheck;
import io.invigil.hub.registration.Registrations;
import io.invigil.testkit.StoreContract;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Notices to candidates with their delivery record: issue 4 part 11; domain section 1. */
class NoticesTest {

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
        private Notices notices;
        private Plan plan;
        private List<CandidateId> own;
        private CandidateId stranger;

        Contract(Dialect dialect) {
            super(dialect, new MigrationSource("hub", Notices.class));
        }

        @BeforeEach
        void open() {
            world = new HubWorld(database());
            notices = new Notices(world.clock);
            plan = world.plan("K1");
            LevelId level = world.level(plan, List.of());
            SubjectId subject = world.subject(plan, level, "S1");
            world.slot(plan, 9, 2, Set.of(subject));
            own = world.candidates(world.clerk, 0, 3);
            stranger = world.candidates(world.otherClerk, 7, 1).getFirst();
            Registrations registrations = new Registrations(world.clock, BanCheck.none());
            List<CandidateId> two = own.subList(0, 2);
            in(tx -> registrations.register(tx, world.clerk, plan, level, two));
        }

        private <T> T in(Function<Tx, T> work) {
            return database().inTransaction(work);
        }

        private Candidate candidate(CandidateId id) {
            return in(tx -> new Candidates().find(tx, world.tenant, id)).orElseThrow();
        }

        private Notices.Outcome send(
                StaffScope scope, Notice.Audience audience, List<String> named, boolean message) {
            Optional<PlanId> of = Optional.of(plan.id());
            Notices.Draft draft =
                    new Notices.Draft(
                            "考场变更", "请看准考证。", audience, of, Optional.of(999L), named, message);
            return in(tx -> notices.send(tx, scope, draft, "请登录学生空间"));
        }

        private Notice sent(StaffScope scope, Notice.Audience audience) {
            return ((Notices.Outcome.Sent) send(scope, audience, List.of(), false)).notice();
        }

        private static String code(Notices.Outcome outcome) {
            return ((Notices.Outcome.Refused) outcome).issue().code();
        }

        private List<NoticeDelivery> deliveries(Notice notice) {
            return in(tx -> notices.deliveries(tx, notice, 0, 9));
        }

        @Test
        void aNoticeGoesToThoseOfThePlanAndIsReadOnce() {
            Notice notice = sent(world.body, Notice.Audience.PLAN);
            assertThat(notice.recipients()).isEqualTo(2);
            Candidate reader = candidate(own.getFirst());
            assertThat(in(tx -> notices.open(tx, reader, notice.id())).isPresent()).isTrue();
            assertThat(deliveries(notice))
                    .extracting(one -> one.readAt().isPresent())
                    .containsExactly(false, true);
            long read = in(tx -> notices.read(tx, notice));
            assertThat(read).isEqualTo(1);
            Candidate other = candidate(own.get(2));
            assertThat(in(tx -> notices.open(tx, other, notice.id())).isPresent())
                    .as("not registered, not addressed")
                    .isFalse();
        }

        @Test
        void aSchoolWritesToItsOwnOnly() {
            assertThat(sent(world.clerk, Notice.Audience.SCHOOL).recipients()).isEqualTo(3);
            assertThat(code(send(world.body, Notice.Audience.SCHOOL, List.of(), false)))
                    .isEqualTo("NOTICE_AUDIENCE");
            String foreign = candidate(stranger).number();
            assertThat(code(send(world.clerk, Notice.Audience.NAMED, List.of(foreign), false)))
                    .isEqualTo("NOTICE_NUMBERS_UNKNOWN");
            assertThat(code(send(world.otherClerk, Notice.Audience.PLAN, List.of(), false)))
                    .as("not in the plan")
                    .isEqualTo("NOTICE_PLAN");
            Notice notice = sent(world.clerk, Notice.Audience.PLAN);
            assertThat(in(tx -> notices.find(tx, world.otherClerk, notice.id())).isPresent())
                    .isFalse();
        }

        @Test
        void aTextMessageTellsOfItAndItsStateStandsInTheRecord() {
            String number = candidate(own.getFirst()).number();
            Notice notice =
                    ((Notices.Outcome.Sent)
                                    send(world.clerk, Notice.Audience.NAMED, List.of(number), true))
                            .notice();
            assertThat(deliveries(notice).getFirst().message()).contains(Message.State.WAITING);
        }

        @Test
        void whoSitsNowhereAtTheSiteGetsNothing() {
            assertThat(code(send(world.body, Notice.Audience.SITE, List.of(), false)))
                    .isEqualTo("NOTICE_NOBODY");
        }
    }
}
