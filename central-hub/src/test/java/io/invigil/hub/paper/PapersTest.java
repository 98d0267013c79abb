package io.invigil.hub.paper;

import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.appliance.db.Dialect;
import io.invigil.appliance.db.MigrationSource;
import io.invigil.exam.paper.ObjectiveScoring;
import io.invigil.hub.AuditTrail;
import io.invigil.hub.ScoringWorld;
import io.invigil.hub.organisation.StaffScope;
import io.invigil.hub.paper.sample.SampleQti;
import io.invigil.hub.paper.sample.SampleQti.SamplePaper;
import io.invigil.hub.paper.sample.SampleQti.Version;
import io.invigil.hub.plan.PassRule;
import io.invigil.hub.plan.PlanContent;
import io.invigil.hub.plan.Slot;
import io.invigil.hub.plan.SlotId;
import io.invigil.hub.plan.Subject;
import io.invigil.testkit.StoreContract;
import io.invigil.testkit.TestClock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PapersTest {
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
        @TempDir Path folder;
        private ScoringWorld world;
        private TestClock clock;
        private Papers papers;

        Contract(Dialect dialect) {
            super(dialect, new MigrationSource("hub", Papers.class));
        }

        @BeforeEach
        void makeWorld() {
            world = new ScoringWorld(database(), PassRule.ALL_SUBJECTS, false);
            clock = TestClock.examMorning();
            papers = new Papers(clock, world.plans);
        }

        private PaperDecision imported(byte[] zip) throws IOException {
            Path file = Files.write(folder.resolve("p.zip"), zip);
            return papers.importPackage(database(), world.staff, world.theory, "题库.zip", file);
        }

        private PaperVersion theory() throws IOException {
            PaperDecision decision = imported(SampleQti.zip(SamplePaper.THEORY, Version.V2_2));
            assertThat(decision).isInstanceOf(PaperDecision.Accepted.class);
            return ((PaperDecision.Accepted) decision).version();
        }

        @Test
        void keepsPaperKeyAndPictures() throws IOException {
            PaperVersion version = theory();
            assertThat(version.title()).isEqualTo("智能新能源汽车（初级）理论");
            assertThat(version.textMark()).isEqualByComparingTo("12");
            PaperContent content =
                    world.inTx(tx -> papers.content(tx, world.tenant, version.id())).orElseThrow();
            assertThat(content.version().at()).isEqualTo(clock.instant());
            assertThat(content.version().fullMark()).isEqualByComparingTo("100");
            assertThat(content.paper().id()).isEqualTo(version.id().name());
            assertThat(ObjectiveScoring.score(content.paper(), content.key(), Map.of()).maximum())
                    .isEqualByComparingTo("88");
            String name = content.paper().assets().getFirst().name();
            Map<String, byte[]> pictures =
                    world.inTx(tx -> papers.pictures(tx, world.tenant, version.id()));
            assertThat(pictures).containsOnlyKeys(name);
            Papers.Picture picture =
                    world.inTx(tx -> papers.picture(tx, world.tenant, version.id(), name))
                            .orElseThrow();
            assertThat(picture.mediaType()).isEqualTo("image/png");
            assertThat(picture.content()).isEqualTo(pictures.get(name));
        }

        @Test
        void importsTheSamePackageOnce() throws IOException {
            theory();
            assertThat(imported(SampleQti.zip(SamplePaper.THEORY, Version.V2_2)))
                    .isInstanceOfSatisfying(
                            PaperDecision.Refused.class,
                            r ->
                                    assertThat(r.refusal())
                                            .isEqualTo(PaperRefusal.PAPER_ALREADY_THERE));
        }

        @Test
        void keepsNothingOfAFaultyPackage() throws IOException {
            Map<String, byte[]> files = SampleQti.files(SamplePaper.THEORY, Version.V2_2);
            files.remove("items/T-F02.xml");
            assertThat(imported(SampleQti.zipped(files))).isInstanceOf(PaperDecision.Faulty.class);
            List<PaperVersion> versions =
                    world.inTx(tx -> papers.ofSubject(tx, world.tenant, world.theory));
            assertThat(versions).isEmpty();
        }

        @Test
        void assignsToAllSlotsOrToOne() throws IOException {
            PaperVersion first = theory();
            PaperVersion other =
                    ((PaperDecision.Accepted)
                                    imported(SampleQti.zip(SamplePaper.PRACTICE, Version.V3_0)))
                            .version();
            world.inTx(tx -> papers.assign(tx, world.staff, first.id(), Optional.empty()));
            assertThat(assigned()).contains(first.id());
            world.inTx(tx -> papers.assign(tx, world.staff, other.id(), Optional.of(world.slot)));
            assertThat(assigned()).contains(other.id());
            assertThat(cover().everySlot()).map(PaperVersion::id).contains(first.id());
            assertThat(cover().slotsOf(first)).isEmpty();
            assertThat(cover().uses(first)).isTrue();
            world.inTx(tx -> papers.assign(tx, world.staff, first.id(), Optional.of(world.slot)));
            assertThat(assigned()).contains(first.id());
        }

        /** The plan's list of tasks must not ask for a paper where each slot has its own. */
        @Test
        void tellsWhichSlotsHaveNoPaperYet() throws IOException {
            PaperVersion paper = theory();
            assertThat(cover().state()).isEqualTo(PaperCover.State.NONE);
            assertThat(cover().bare()).extracting(Slot::id).contains(world.slot);
            assertThat(cover().uses(paper)).isFalse();
            world.inTx(tx -> papers.assign(tx, world.staff, paper.id(), Optional.of(world.slot)));
            assertThat(cover().slotsOf(paper)).extracting(Slot::id).containsExactly(world.slot);
            world.inTx(tx -> papers.assign(tx, world.staff, paper.id(), Optional.of(world.slot)));
            String use = "subject " + world.theory.value() + " slot " + world.slot.value();
            assertThat(AuditTrail.of(database(), world.tenant))
                    .as("the same again is no change")
                    .endsWith("CREATED paper " + paper.id().value(), "CHANGED paper-use " + use);
            assertThat(cover().bare()).extracting(Slot::id).doesNotContain(world.slot);
            assertThat(cover().state()).isEqualTo(PaperCover.State.ALL);
        }

        private PaperCover cover() {
            return world.inTx(
                    tx -> {
                        Subject subject =
                                new PlanContent()
                                        .subject(tx, world.tenant, world.theory)
                                        .orElseThrow();
                        return papers.cover(tx, subject);
                    });
        }

        private Optional<PaperId> assigned() {
            return world.inTx(tx -> papers.assigned(tx, world.tenant, world.theory, world.slot))
                    .map(PaperVersion::id);
        }

        @Test
        void refusesOthersAndForeignSlotsAndLateChanges() throws IOException {
            PaperVersion version = theory();
            assertThat(assign(world.school, version, none()))
                    .isEqualTo(refused(PaperRefusal.PAPER_NOT_ALLOWED));
            assertThat(assign(world.otherBody, version, none()))
                    .isEqualTo(refused(PaperRefusal.PAPER_NOT_ALLOWED));
            assertThat(assign(world.staff, version, Optional.of(new SlotId(99_999))))
                    .isEqualTo(refused(PaperRefusal.PAPER_SLOT_UNKNOWN));
            clock.advance(Duration.ofDays(1));
            assertThat(assign(world.staff, version, none()))
                    .isEqualTo(refused(PaperRefusal.PAPER_EXAM_OVER));
        }

        @Test
        void refusesAPaperWhoseMarksAreNotTheSubjects() throws IOException {
            Map<String, byte[]> files = SampleQti.files(SamplePaper.THEORY, Version.V2_2);
            String test = new String(files.get("test.xml"), StandardCharsets.UTF_8);
            files.put(
                    "test.xml",
                    test.replaceFirst("value=\"4\"", "value=\"5\"")
                            .getBytes(StandardCharsets.UTF_8));
            PaperVersion version =
                    ((PaperDecision.Accepted) imported(SampleQti.zipped(files))).version();
            assertThat(assign(world.staff, version, none()))
                    .isEqualTo(
                            new PaperDecision.Refused(
                                    PaperRefusal.PAPER_FULL_MARK_DIFFERS, List.of("101", "100")));
        }

        private PaperDecision assign(
                StaffScope scope, PaperVersion version, Optional<SlotId> slot) {
            return world.inTx(tx -> papers.assign(tx, scope, version.id(), slot));
        }

        private static Optional<SlotId> none() {
            return Optional.empty();
        }

        private static PaperDecision refused(PaperRefusal refusal) {
            return new PaperDecision.Refused(refusal, List.of());
        }
    }
}
