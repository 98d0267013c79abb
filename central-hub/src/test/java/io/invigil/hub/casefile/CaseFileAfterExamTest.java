package io.invigil.hub.casefile;

import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.appliance.db.Dialect;
import io.invigil.exam.room.RoomFact;
import io.invigil.hub.RoomScript;
import io.invigil.hub.ScoredExam;
import io.invigil.hub.ScoringWorld.Person;
import io.invigil.hub.candidate.Candidate;
import io.invigil.hub.candidate.CandidateId;
import io.invigil.hub.certificate.CertificateKeys;
import io.invigil.hub.certificate.Certificates;
import io.invigil.hub.organisation.StaffScope;
import io.invigil.hub.plan.PassRule;
import io.invigil.hub.registration.RegistrationId;
import io.invigil.hub.registration.SittingId;
import io.invigil.protocol.crypto.SigningKey;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/**
 * From the exam to the certificate, one candidate for each cause: issue 4 part 11; domain sections
 * 9 to 15.
 */
class CaseFileAfterExamTest {
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

        /** From the exam on. */
        private final class Sat {
            final ScoredExam exam;
            final Person person;
            final Certificates certificates;

            Sat(boolean autoPass) {
                exam = new ScoredExam(database(), PassRule.ALL_SUBJECTS, autoPass);
                person = exam.world.person("王小八", "");
                certificates =
                        new Certificates(
                                exam.clock,
                                new CertificateKeys(SigningKey.ofSeed(new byte[32]), List.of()),
                                "https://exam.example.org/verify",
                                FONTS,
                                exam.world.plans);
            }

            Sat passed() {
                exam.sit(person.theorySitting(), exam.theory, 1.0);
                exam.sit(person.practiceSitting(), exam.practice, 1.0);
                return this;
            }

            void at(String instant) {
                exam.clock.set(Instant.parse(instant));
            }

            private CaseFile.LevelCase level(StaffScope scope) {
                CaseFiles files =
                        files(
                                exam.world.tenant,
                                exam.clock,
                                new CaseFiles.Evaluation(
                                        exam.marking, exam.reviews, exam.scores, certificates));
                Candidate one = candidate(exam.world.tenant, new CandidateId(person.candidate()));
                return in(tx -> files.of(tx, scope, one)).plans().getFirst().levels().getFirst();
            }

            /** What the theory waits for. */
            Optional<CaseCode> theory() {
                return level(exam.world.staff).subjects().getFirst().cause().map(CaseLine::code);
            }

            CaseCode certificate(StaffScope scope) {
                return level(scope).certificate().code();
            }

            RoomScript room() {
                return new RoomScript(exam.world.tenant, "node-x");
            }
        }

        @Test
        void whoWasAbsentIsAbsent() {
            Sat sat = new Sat(true);
            sat.exam.apply(
                    sat.room().add(new RoomFact.MarkedAbsent(sat.person.theorySitting(), "")));
            assertThat(sat.theory()).contains(CaseCode.ATTENDANCE_ABSENT);
        }

        @Test
        void aSittingWithoutHandInIsNamedOnceTheSlotIsOver() {
            Sat sat = new Sat(true);
            String paper = sat.exam.theory.name();
            sat.exam.apply(sat.room().start(sat.person.theorySitting(), paper));
            sat.at("2026-11-20T02:00:00Z");
            assertThat(sat.theory()).contains(CaseCode.SITTING_IN_PROGRESS);
            sat.at("2026-11-20T03:00:00Z");
            assertThat(sat.theory()).contains(CaseCode.SITTING_NO_HAND_IN);
        }

        @Test
        void theScoreWaitsForTheReview() {
            Sat sat = new Sat(false).passed();
            assertThat(sat.theory()).contains(CaseCode.REVIEW_PENDING);
            SittingId theory = new SittingId(sat.person.theorySitting());
            in(
                    tx ->
                            sat.exam.reviews.reject(
                                    tx, sat.exam.world.staff, sat.exam.plan(tx), theory, "替考"));
            assertThat(sat.theory()).contains(CaseCode.REVIEW_REJECTED);
        }

        @Test
        void aDifferenceBetweenNodeAndHubHoldsTheScore() {
            Sat sat = new Sat(true);
            long theory = sat.person.theorySitting();
            sat.exam.apply(
                    sat.room()
                            .start(theory, sat.exam.theory.name())
                            .handIn(theory)
                            .provisional(theory, "99", "100"));
            assertThat(sat.theory()).contains(CaseCode.MARKING_ALARM);
        }

        @Test
        void theScoreWaitsForEntryAndItsCandidateForPublicity() {
            Sat sat = new Sat(true).passed();
            sat.at("2026-11-21T00:00:00Z");
            assertThat(sat.theory()).contains(CaseCode.SCORE_NOT_ENTERED);
            sat.exam.enter();
            assertThat(sat.theory()).contains(CaseCode.PUBLICITY_NOT_YET);
            sat.at("2026-11-26T00:00:00Z");
            assertThat(sat.theory()).isEmpty();
        }

        @Test
        void theCertificateWaitsForLockingRecordAndBothSides() {
            Sat sat = new Sat(true).passed();
            StaffScope body = sat.exam.world.staff;
            assertThat(sat.certificate(body)).isEqualTo(CaseCode.CERTIFICATE_AFTER_SCORES);
            sat.at("2026-11-21T00:00:00Z");
            sat.exam.enter();
            assertThat(sat.certificate(body)).isEqualTo(CaseCode.CERTIFICATE_NOT_FINAL);
            assertThat(sat.certificate(sat.exam.world.school))
                    .as("a school learns of results when its candidates do")
                    .isEqualTo(CaseCode.CERTIFICATE_AFTER_SCORES);
            sat.at("2026-11-29T02:00:00Z");
            assertThat(sat.certificate(body)).isEqualTo(CaseCode.CERTIFICATE_NOT_RECORDED);
            in(tx -> sat.certificates.record(tx, body, sat.exam.plan(tx)));
            assertThat(sat.certificate(body)).isEqualTo(CaseCode.CERTIFICATE_BODY_OPEN);
            confirm(sat, body);
            assertThat(sat.certificate(body)).isEqualTo(CaseCode.CERTIFICATE_SITE_OPEN);
            confirm(sat, sat.exam.world.school);
            assertThat(sat.certificate(body)).isEqualTo(CaseCode.CERTIFICATE_ISSUED);
        }

        private void confirm(Sat sat, StaffScope scope) {
            List<RegistrationId> wanted = List.of(new RegistrationId(sat.person.registration()));
            in(tx -> sat.certificates.confirm(tx, scope, sat.exam.plan(tx), wanted));
        }

        @Test
        void whoDidNotReachThePassMarkHasNoCertificate() {
            Sat sat = new Sat(true);
            sat.exam.sit(sat.person.theorySitting(), sat.exam.theory, 0.0);
            sat.exam.sit(sat.person.practiceSitting(), sat.exam.practice, 0.0);
            sat.at("2026-11-21T00:00:00Z");
            sat.exam.enter();
            assertThat(sat.certificate(sat.exam.world.staff))
                    .isEqualTo(CaseCode.CERTIFICATE_NOT_PASSED);
        }
    }
}
