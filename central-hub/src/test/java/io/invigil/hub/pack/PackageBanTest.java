package io.invigil.hub.pack;

import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.appliance.db.Dialect;
import io.invigil.appliance.db.MigrationSource;
import io.invigil.hub.ScoredExam;
import io.invigil.hub.ScoringWorld;
import io.invigil.hub.ScoringWorld.Person;
import io.invigil.hub.ingest.FactProjection;
import io.invigil.hub.organisation.FieldIssue;
import io.invigil.hub.organisation.StaffRole;
import io.invigil.hub.organisation.StaffScope;
import io.invigil.hub.plan.PassRule;
import io.invigil.hub.violation.Bans;
import io.invigil.testkit.StoreContract;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Domain section 12: bans are checked at package build. */
class PackageBanTest {
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
        private static final LocalDate EXAM_DAY = LocalDate.of(2026, 11, 20);

        Contract(Dialect dialect) {
            super(dialect, new MigrationSource("hub", FactProjection.class));
        }

        @Test
        void noPackageIsBuiltWithSomebodyBannedInItAndTheyAreNamedWithTheirSeat() {
            ScoredExam exam = new ScoredExam(database(), PassRule.ALL_SUBJECTS, false);
            Person first = exam.world.person("王小二", "");
            exam.world.person("王小三", "");
            ban(exam, first, EXAM_DAY.minusDays(1));
            assertThat(new PackageReads(exam).read())
                    .isEqualTo(
                            new PackageReading.Result.Refused(
                                    PackRefusal.PACK_STAFF_MISSING, "考点"));
            ban(exam, first, EXAM_DAY);
            PackageReading.Result.Refused refused =
                    (PackageReading.Result.Refused) new PackageReads(exam).read();
            assertThat(refused.reason()).isEqualTo(PackRefusal.PACK_BANNED);
            assertThat(refused.detail()).contains(first.admission(), "13号机房");
        }

        private static void ban(ScoredExam exam, Person person, LocalDate day) {
            StaffScope staff = exam.world.staff;
            StaffScope authority =
                    new StaffScope(
                            staff.tenant(),
                            "authority",
                            staff.organisation(),
                            StaffRole.AUTHORITY_READER);
            Bans.Draft draft =
                    new Bans.Draft(
                            person.idNumber(),
                            Optional.empty(),
                            Optional.of(day),
                            Optional.of(day),
                            ScoringWorld.ZONE,
                            "替考");
            List<FieldIssue> issues = exam.tx(tx -> new Bans(exam.clock).add(tx, authority, draft));
            assertThat(issues).isEmpty();
        }
    }
}
