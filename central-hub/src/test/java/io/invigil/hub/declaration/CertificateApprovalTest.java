package io.invigil.hub.declaration;

import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.appliance.db.Dialect;
import io.invigil.appliance.db.Tx;
import io.invigil.hub.candidate.CandidateId;
import io.invigil.hub.organisation.FieldIssue;
import io.invigil.hub.organisation.HubWorld;
import io.invigil.hub.organisation.Organisation;
import io.invigil.hub.organisation.OrganisationKind;
import io.invigil.hub.organisation.Organisations;
import io.invigil.hub.organisation.StaffRole;
import io.invigil.hub.organisation.StaffScope;
import io.invigil.hub.plan.ExamMode;
import io.invigil.hub.plan.LevelId;
import io.invigil.hub.plan.Plan;
import io.invigil.hub.plan.PlanOptions;
import io.invigil.hub.plan.RegistrationMode;
import io.invigil.hub.plan.SubjectId;
import io.invigil.hub.registration.BanCheck;
import io.invigil.hub.registration.RegistrationRefusal;
import io.invigil.hub.registration.SubjectDecision;
import io.invigil.hub.registration.SubjectRegistrations;
import io.invigil.hub.registration.Wish;
import io.invigil.hub.site.RoomDecision;
import io.invigil.hub.site.RoomDraft;
import io.invigil.hub.site.Rooms;
import io.invigil.hub.site.SiteId;
import io.invigil.hub.site.SiteRefusal;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/**
 * Yearly approval of a school's certificates (issue 4 part 2; source 002, foreword:
 * 试点院校在完成本年度的证书申报工作后， 省厅已批准试点的证书，均可根据证书对应的培训评价组织的考试计划…为学生报考; domain, sections 1 and 2).
 */
class CertificateApprovalTest {
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

    abstract static class Contract extends DeclarationContract {
        Contract(Dialect dialect) {
            super(dialect);
        }

        @Test
        void whereNoDepartmentOpenedTheYearNothingIsDemanded() {
            assertThat(opened(world.province, YEAR + 1, HubWorld.DAY, HubWorld.DAY)).isEmpty();
            assertThat(registering()).isEmpty();
        }

        @Test
        void aSchoolRegistersOnlyForCertificatesApprovedInTheYearInWhichRegistrationBegins() {
            open();
            String missing = RegistrationRefusal.REG_CERTIFICATE_NOT_APPROVED.name();
            assertThat(registering()).containsExactly(missing);
            Declaration sent = sent();
            assertThat(registering()).containsExactly(missing);
            assertSaved(tx(tx -> declarations.approve(tx, world.province, sent)));
            assertThat(registering()).isEmpty();
            assertThat(Approvals.year(plan)).isEqualTo(YEAR);
        }

        @Test
        void theSameHoldsForRegistrationBySubject() {
            Plan bySubject =
                    world.plan("K2", RegistrationMode.BY_SUBJECT, new PlanOptions(false, false));
            LevelId other = world.level(bySubject, List.of());
            SubjectId chosen = world.subject(bySubject, other, "S2");
            open();
            SubjectRegistrations rules = new SubjectRegistrations(world.clock, BanCheck.none());
            CandidateId person = people.getFirst();
            Function<Tx, SubjectDecision> work =
                    tx ->
                            rules.register(
                                    tx,
                                    world.clerk,
                                    bySubject,
                                    other,
                                    List.of(new Wish(person, chosen, "")));
            assertThat(((SubjectDecision.Refused) tx(work)).issues())
                    .extracting(FieldIssue::code)
                    .containsExactly(RegistrationRefusal.REG_CERTIFICATE_NOT_APPROVED.name());
            approved();
            assertThat(tx(work)).isInstanceOf(SubjectDecision.Carried.class);
        }

        @Test
        void aRoomHostsOnlyApprovedCertificates() {
            open();
            SiteId site = world.site();
            RoomDraft draft =
                    new RoomDraft(
                            site,
                            "107室",
                            Set.of(ExamMode.COMPUTER),
                            10,
                            5,
                            "一号楼107室",
                            Set.of(level));
            Function<Tx, RoomDecision> work =
                    tx -> new Rooms().add(tx, world.clerk, plan, draft, world.clock.instant());
            assertThat(((RoomDecision.Refused) tx(work)).issues())
                    .extracting(FieldIssue::code)
                    .containsExactly(SiteRefusal.ROOM_CERTIFICATE_NOT_APPROVED.name());
            approved();
            assertThat(tx(work)).isInstanceOf(RoomDecision.Saved.class);
        }

        @Test
        void anApprovalIsTakenBackOnlyWhileNobodyIsRegisteredForIt() {
            open();
            Declaration approved = approved();
            assertRefused(
                    tx(tx -> declarations.approve(tx, world.province, approved)),
                    DeclarationRefusal.DECLARATION_NOT_PENDING);
            assertSaved(tx(tx -> declarations.revoke(tx, world.province, approved, "误批")));
            assertThat(registering())
                    .containsExactly(RegistrationRefusal.REG_CERTIFICATE_NOT_APPROVED.name());
            assertSaved(tx(tx -> declarations.submit(tx, world.clerk, now(tx, approved.id()))));
            assertSaved(tx(tx -> declarations.approve(tx, world.province, now(tx, approved.id()))));
            assertThat(registering()).isEmpty();
            assertRefused(
                    tx(tx -> declarations.revoke(tx, world.province, now(tx, approved.id()), "误批")),
                    DeclarationRefusal.DECLARATION_IN_USE);
        }

        private StaffScope department(String code, String region) {
            Organisation made =
                    tx(
                            tx ->
                                    new Organisations()
                                            .add(
                                                    tx,
                                                    world.tenant,
                                                    OrganisationKind.PROVINCE,
                                                    code,
                                                    code + "教育厅",
                                                    region));
            return new StaffScope(world.tenant, code, made, StaffRole.PROVINCE_STAFF);
        }

        @Test
        void aDepartmentAnswersForTheSchoolsOfItsRegionAndSeesNoDrafts() {
            open();
            Declaration draft = drafted();
            assertThat(seen(world.province, draft)).isEmpty();
            assertThat(seen(world.otherClerk, draft)).isEmpty();
            assertSaved(tx(tx -> declarations.submit(tx, world.clerk, draft)));
            assertThat(seen(world.province, draft)).isPresent();
            assertThat(seen(world.body, draft)).isPresent();
            StaffScope elsewhere = department("JS", "江苏省");
            StaffScope own = department("SD", "山东省");
            assertThat(seen(elsewhere, draft)).isEmpty();
            assertThat(seen(world.province, draft)).as("the longer region answers").isEmpty();
            int listed = tx(tx -> declarations.visible(tx, own, YEAR).size());
            assertThat(listed).isEqualTo(1);
            assertThat(registering()).as("its own department has not opened the year").isEmpty();
        }
    }
}
