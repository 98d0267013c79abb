package io.invigil.hub.casefile;

import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.appliance.db.Database;
import io.invigil.appliance.db.Dialect;
import io.invigil.hub.arrangement.Arrangements;
import io.invigil.hub.arrangement.SeatingUse;
import io.invigil.hub.candidate.Candidate;
import io.invigil.hub.candidate.Candidates;
import io.invigil.hub.certificate.CertificateKeys;
import io.invigil.hub.certificate.Certificates;
import io.invigil.hub.fee.FeeDecision;
import io.invigil.hub.fee.FeePrices;
import io.invigil.hub.fee.Fees;
import io.invigil.hub.marking.Marking;
import io.invigil.hub.organisation.HubWorld;
import io.invigil.hub.organisation.TenantId;
import io.invigil.hub.paper.Papers;
import io.invigil.hub.plan.LevelId;
import io.invigil.hub.plan.Plan;
import io.invigil.hub.plan.PlanOptions;
import io.invigil.hub.plan.Plans;
import io.invigil.hub.plan.RegistrationMode;
import io.invigil.hub.plan.SubjectId;
import io.invigil.hub.registration.BanCheck;
import io.invigil.hub.registration.Registrations;
import io.invigil.hub.registration.Seating;
import io.invigil.hub.registration.Sittings;
import io.invigil.hub.review.Reviews;
import io.invigil.hub.score.Scores;
import io.invigil.hub.violation.Bans;
import io.invigil.protocol.crypto.SigningKey;
import io.invigil.testkit.SeededEntropy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/**
 * One candidate for each cause, and the case names exactly that one: issue 4 part 11; domain
 * sections 3 to 15.
 */
class CaseFileTest {
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

    abstract static class Contract extends CaseFileContract {
        Contract(Dialect dialect) {
            super(dialect);
        }

        /** A node that serves every room of the site, and its package of the slot. */
        private void publish(TenantId tenant, Plan plan, Seating seat) {
            Database database = database();
            database.useTransaction(
                    tx -> {
                        tx.update(
                                        """
                                        insert into fleet_node (tenant, node, site, site_name,
                                            rooms, record_key, seal_key, lan_names, software,
                                            enrolled_ms, last_seen_ms, connected, revoked_ms,
                                            revoked_by, revoke_reason)
                                        values (:t, :node, :site, '站点', '', :key, :key, '', '',
                                            0, 0, false, 0, '', '')
                                        """)
                                .bind("t", tenant.value())
                                .bind("node", "box-" + tenant)
                                .bind("site", seat.site().value())
                                .bind("key", SigningKey.ofSeed(new byte[32]).verifyKey().hex())
                                .execute();
                        tx.update(
                                        """
                                        insert into exam_package (tenant, exam, plan, slot, site,
                                            node, starts_ms, ends_ms, secrets, version, digest,
                                            manifest, sittings, published_ms, published_by,
                                            fetched_version, active_version, release_ms, sent_ms,
                                            opened_ms, opened_how)
                                        values (:t, 'E1', :plan, :slot, :site, :node, 0, 0, :none,
                                            1, :digest, :none, 1, 0, 'body', 0, 0, 0, 0, 0, '')
                                        """)
                                .bind("t", tenant.value())
                                .bind("plan", plan.id().value())
                                .bind("slot", seat.slot().value())
                                .bind("site", seat.site().value())
                                .bind("node", "box-" + tenant)
                                .bind("none", new byte[1])
                                .bind("digest", "00".repeat(32))
                                .execute();
                    });
        }

        /** The year before the exam. */
        private final class Year {
            final HubWorld world = new HubWorld(database());
            final Bans bans = new Bans(world.clock);
            final Fees fees = new Fees(world.clock);
            final Plans plans = new Plans();
            final Plan plan;
            final LevelId level;
            final Candidate candidate;

            Year(boolean withFees, List<String> majors) {
                plan =
                        world.plan(
                                "K1",
                                RegistrationMode.BY_CERTIFICATE,
                                new PlanOptions(withFees, true));
                level = world.level(plan, majors);
                SubjectId subject = world.subject(plan, level, "S1");
                world.slot(plan, 9, 2, Set.of(subject));
                candidate = person(0);
            }

            Candidate person(int number) {
                return candidate(world.tenant, world.candidates(world.clerk, number, 1).getFirst());
            }

            void register(Candidate one) {
                in(
                        tx ->
                                new Registrations(world.clock, BanCheck.none(), fees)
                                        .register(tx, world.clerk, plan, level, List.of(one.id())));
            }

            void arrange() {
                world.room(plan, world.site(), level, "107室", 10);
                in(
                        tx ->
                                new Arrangements(
                                                world.clock,
                                                new SeededEntropy(7),
                                                SeatingUse.none(),
                                                fees)
                                        .arrange(
                                                tx,
                                                world.body,
                                                plan,
                                                Arrangements.SiteChoice.OWN_SITES,
                                                11));
            }

            CaseFile file() {
                Papers papers = new Papers(world.clock, plans);
                Marking marking = new Marking(world.clock, papers, plans);
                Reviews reviews = new Reviews(world.clock, marking);
                Certificates certificates =
                        new Certificates(
                                world.clock,
                                new CertificateKeys(SigningKey.ofSeed(new byte[32]), List.of()),
                                "https://exam.example.org/verify",
                                FONTS,
                                plans);
                CaseFiles files =
                        files(
                                world.tenant,
                                world.clock,
                                new CaseFiles.Evaluation(
                                        marking,
                                        reviews,
                                        new Scores(world.clock, marking, reviews, plans),
                                        certificates));
                return in(tx -> files.of(tx, world.clerk, candidate));
            }

            /** What hinders registration. */
            CaseCode plans() {
                return file().plans().getFirst().cause().orElseThrow().code();
            }

            /** What the registered subject waits for. */
            CaseCode subject() {
                return file().plans()
                        .getFirst()
                        .levels()
                        .getFirst()
                        .subjects()
                        .getFirst()
                        .cause()
                        .orElseThrow()
                        .code();
            }
        }

        @Test
        void aMissingPhotoAndAnUnopenedAccountAreNamed() {
            List<CaseCode> person =
                    new Year(false, List.of())
                            .file().person().stream().map(CaseLine::code).toList();
            assertThat(person).containsExactly(CaseCode.PHOTO_MISSING, CaseCode.ACCOUNT_NONE);
        }

        @Test
        void whoIsNotRegisteredLearnsOfTheWindow() {
            Year year = new Year(false, List.of());
            assertThat(year.plans()).isEqualTo(CaseCode.REGISTRATION_MISSING);
            year.world.clock.set(HubWorld.NOW.minus(Duration.ofDays(1)));
            assertThat(year.plans()).isEqualTo(CaseCode.REGISTRATION_NOT_OPEN);
            year.world.clock.set(HubWorld.NOW.plus(Duration.ofDays(2)));
            assertThat(year.plans()).isEqualTo(CaseCode.REGISTRATION_OVER);
        }

        @Test
        void whoHasAnotherMajorLearnsThat() {
            assertThat(new Year(false, List.of("宇航")).plans())
                    .isEqualTo(CaseCode.REGISTRATION_MAJOR);
        }

        @Test
        void aBanComesBeforeEverything() {
            Year year = new Year(false, List.of());
            Bans.Draft draft =
                    new Bans.Draft(
                            year.candidate.idNumber(),
                            Optional.empty(),
                            Optional.of(HubWorld.DAY),
                            Optional.of(HubWorld.DAY.plusYears(1)),
                            HubWorld.ZONE,
                            "替考");
            assertThat(in(tx -> year.bans.add(tx, year.world.authority, draft)).size()).isZero();
            assertThat(year.plans()).isEqualTo(CaseCode.BAN_IN_FORCE);
        }

        @Test
        void theSeatWaitsForTheFee() {
            Year year = new Year(true, List.of());
            year.register(year.candidate);
            assertThat(year.subject()).isEqualTo(CaseCode.FEE_UNPAID);
            in(
                    tx ->
                            new FeePrices()
                                    .set(
                                            tx,
                                            year.world.body,
                                            year.plan,
                                            Map.of(new FeePrices.Priced(year.level, 0), 100L)));
            FeeDecision made =
                    in(
                            tx ->
                                    year.fees.request(
                                            tx,
                                            year.world.clerk,
                                            year.plan,
                                            RegistrationMode.BY_CERTIFICATE,
                                            year.level));
            assertThat(year.subject()).isEqualTo(CaseCode.FEE_REQUESTED);
            String number = ((FeeDecision.Made) made).request().number();
            in(tx -> year.fees.confirm(tx, year.world.body, List.of(number)));
            assertThat(year.subject()).isEqualTo(CaseCode.SEAT_NOT_ARRANGED);
        }

        @Test
        void theSeatWaitsForTheArrangement() {
            Year year = new Year(false, List.of());
            year.register(year.candidate);
            assertThat(year.subject()).isEqualTo(CaseCode.SEAT_NOT_ARRANGED);
            year.world.clock.set(HubWorld.NOW.minus(Duration.ofDays(1)));
            assertThat(year.subject()).isEqualTo(CaseCode.SEAT_NOT_OPEN);
            year.world.clock.set(HubWorld.NOW.plus(Duration.ofDays(3)));
            assertThat(year.subject()).isEqualTo(CaseCode.SEAT_OVER);
        }

        @Test
        void theTicketWaitsForOthersAndTheDoorForThePackage() {
            Year year = new Year(false, List.of());
            year.register(year.candidate);
            year.arrange();
            assertThat(year.subject()).isEqualTo(CaseCode.PACKAGE_MISSING);
            year.register(year.person(1));
            assertThat(year.subject()).isEqualTo(CaseCode.TICKET_OTHERS_WITHOUT_SEAT);
        }

        @Test
        void whoHasEverythingWaitsForTheExam() {
            Year year = new Year(false, List.of());
            year.register(year.candidate);
            year.arrange();
            Seating seat =
                    in(tx -> new Sittings().ofCandidate(tx, year.world.tenant, year.candidate.id()))
                            .getFirst()
                            .seating()
                            .orElseThrow();
            publish(year.world.tenant, year.plan, seat);
            assertThat(year.subject()).isEqualTo(CaseCode.ATTENDANCE_NOT_YET);
            year.world.clock.set(HubWorld.NOW.plus(Duration.ofDays(4)));
            assertThat(year.subject()).isEqualTo(CaseCode.ATTENDANCE_NO_RECORD);
        }

        @Test
        void anotherSchoolsStaffDoNotSeeThePlan() {
            Year year = new Year(false, List.of());
            Candidate other =
                    candidate(
                            year.world.tenant,
                            year.world.candidates(year.world.otherClerk, 9, 1).getFirst());
            Optional<Candidate> seen =
                    in(tx -> new Candidates().findVisible(tx, year.world.clerk, other.id()));
            assertThat(seen.isPresent()).isFalse();
        }
    }
}
