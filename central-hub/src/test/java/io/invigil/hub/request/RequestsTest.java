package io.invigil.hub.request;

import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.appliance.db.Dialect;
import io.invigil.appliance.db.MigrationSource;
import io.invigil.appliance.db.Tx;
import io.invigil.hub.arrangement.ArrangementDecision;
import io.invigil.hub.arrangement.Arrangements;
import io.invigil.hub.arrangement.SeatingUse;
import io.invigil.hub.candidate.Candidate;
import io.invigil.hub.candidate.CandidateField;
import io.invigil.hub.candidate.CandidateId;
import io.invigil.hub.candidate.Candidates;
import io.invigil.hub.candidate.Gender;
import io.invigil.hub.candidate.IdNumber;
import io.invigil.hub.candidate.Photos;
import io.invigil.hub.organisation.FieldIssue;
import io.invigil.hub.organisation.HubWorld;
import io.invigil.hub.organisation.StaffScope;
import io.invigil.hub.plan.LevelId;
import io.invigil.hub.plan.Plan;
import io.invigil.hub.plan.SubjectId;
import io.invigil.hub.registration.BanCheck;
import io.invigil.hub.registration.Registrations;
import io.invigil.hub.registration.Sitting;
import io.invigil.hub.registration.Sittings;
import io.invigil.hub.request.CandidateRequest.State;
import io.invigil.hub.request.CandidateRequest.Wish;
import io.invigil.testkit.SeededEntropy;
import io.invigil.testkit.StoreContract;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/**
 * Corrections and accommodations that candidates ask for: issue 4 parts 7 and 11; domain sections
 * 3, 7 and 11.
 */
class RequestsTest {
    private static final byte[] PDF = "%PDF-1.7 evidence".getBytes(StandardCharsets.US_ASCII);

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
        private Requests requests;
        private Accommodations accommodations;
        private Plan plan;
        private LevelId level;
        private CandidateId id;

        Contract(Dialect dialect) {
            super(dialect, new MigrationSource("hub", Requests.class));
        }

        @BeforeEach
        void open() {
            world = new HubWorld(database());
            accommodations = new Accommodations(world.clock);
            requests = new Requests(world.clock, accommodations);
            plan = world.plan("K1");
            level = world.level(plan, List.of());
            SubjectId subject = world.subject(plan, level, "S1");
            world.slot(plan, 9, 2, Set.of(subject));
            id = world.candidates(world.clerk, 0, 1).getFirst();
            Registrations registrations = new Registrations(world.clock, BanCheck.none());
            in(tx -> registrations.register(tx, world.clerk, plan, level, List.of(id)));
        }

        private <T> T in(Function<Tx, T> work) {
            return database().inTransaction(work);
        }

        private Candidate candidate() {
            return in(tx -> new Candidates().find(tx, world.tenant, id)).orElseThrow();
        }

        private Optional<String> ask(Wish wish) {
            Candidate who = candidate();
            return in(tx -> requests.ask(tx, who, wish, "身份证办错了", "")).map(FieldIssue::code);
        }

        private CandidateRequest last() {
            Candidate who = candidate();
            return in(tx -> requests.own(tx, who)).getFirst();
        }

        private Optional<RequestRefusal> attached(byte[] file) {
            Candidate who = candidate();
            CandidateRequest to = last();
            return in(tx -> requests.attach(tx, who, to, "证明.pdf", file, "10.0.0.7"));
        }

        private void attach(byte[] file) {
            assertThat(attached(file).isEmpty()).isTrue();
        }

        private Optional<String> approve(StaffScope scope) {
            CandidateRequest one = last();
            return in(tx -> requests.approve(tx, scope, one)).map(FieldIssue::code);
        }

        private Optional<FieldIssue> refuse(String reason) {
            CandidateRequest one = last();
            return in(tx -> requests.refuse(tx, world.clerk, one, reason));
        }

        private Sitting sitting() {
            return in(tx -> new Sittings().ofCandidate(tx, world.tenant, id)).getFirst();
        }

        private Wish extra(int minutes, boolean accessible) {
            return new Wish.Accommodation(plan.id(), minutes, accessible);
        }

        private static byte[] picture(int width, int height) {
            try {
                ByteArrayOutputStream out = new ByteArrayOutputStream();
                ImageIO.write(
                        new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB), "png", out);
                return out.toByteArray();
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }

        @Test
        void anAcceptedCorrectionChangesTheCandidate() {
            assertThat(ask(new Wish.Correction(CandidateField.NAME, "王小㛃"))).isEmpty();
            attach(PDF);
            assertThat(approve(world.clerk)).isEmpty();
            assertThat(candidate().name()).isEqualTo("王小㛃");
            assertThat(last().state()).isEqualTo(State.GRANTED);
            assertThat(last().bySchool().orElseThrow().login()).isEqualTo("clerk");
        }

        @Test
        void aNewIdNumberIsCheckedAndBringsItsGender() {
            assertThat(ask(new Wish.Correction(CandidateField.ID_NUMBER, "37060220050101003X")))
                    .as("check digit")
                    .isPresent();
            CandidateId other = world.candidates(world.clerk, 5, 1).getFirst();
            String taken =
                    in(tx -> new Candidates().find(tx, world.tenant, other))
                            .orElseThrow()
                            .idNumber();
            assertThat(ask(new Wish.Correction(CandidateField.ID_NUMBER, taken)))
                    .contains("CANDIDATE_EXISTS_DIFFERENT");
            String seventeen = "37060220050101778";
            String right = seventeen + IdNumber.checkCharacter(seventeen);
            assertThat(ask(new Wish.Correction(CandidateField.ID_NUMBER, right))).isEmpty();
            attach(PDF);
            assertThat(approve(world.clerk)).isEmpty();
            assertThat(candidate().idNumber()).isEqualTo(right);
            assertThat(candidate().gender()).isEqualTo(Gender.FEMALE);
        }

        @Test
        void aNewPhotoKeepsTheRulesOfTheImport() {
            assertThat(ask(new Wish.Correction(CandidateField.PHOTO, ""))).isEmpty();
            attach(picture(400, 300));
            assertThat(approve(world.clerk)).contains("PHOTO_RATIO");
            assertThat(last().state()).isEqualTo(State.OPEN);
            attach(picture(295, 413));
            assertThat(approve(world.clerk)).isEmpty();
            String photo = candidate().photo();
            assertThat(in(tx -> new Photos().find(tx, world.tenant, photo)).isPresent()).isTrue();
        }

        @Test
        void nothingIsGrantedWithoutEvidenceOrByAnotherSchool() {
            ask(new Wish.Correction(CandidateField.NAME, "王小二"));
            assertThat(approve(world.clerk)).contains("REQUEST_FILE_MISSING");
            attach(PDF);
            assertThat(approve(world.otherClerk)).contains("REQUEST_NOT_ALLOWED");
            long request = last().id();
            assertThat(in(tx -> requests.findVisible(tx, world.otherClerk, request)).isPresent())
                    .isFalse();
            assertThat(in(tx -> requests.list(tx, world.otherClerk, 0, 9)).isEmpty()).isTrue();
        }

        @Test
        void evidenceIsAPdfOrAPicture() {
            ask(new Wish.Correction(CandidateField.NAME, "王小二"));
            byte[] script = "<script>".getBytes(StandardCharsets.US_ASCII);
            assertThat(attached(script)).contains(RequestRefusal.REQUEST_FILE_KIND);
        }

        @Test
        void anAccommodationNeedsTheSchoolAndThenTheBody() {
            assertThat(ask(extra(20, true))).isEmpty();
            attach(PDF);
            assertThat(approve(world.body)).contains("REQUEST_NOT_ALLOWED");
            assertThat(approve(world.clerk)).isEmpty();
            assertThat(last().state()).isEqualTo(State.SCHOOL_APPROVED);
            assertThat(sitting().extraMinutes()).as("not yet").isZero();
            assertThat(approve(world.clerk)).contains("REQUEST_NOT_ALLOWED");
            assertThat(approve(world.body)).isEmpty();
            assertThat(sitting().extraMinutes()).isEqualTo(20);
            assertThat(sitting().accessible()).isTrue();
        }

        @Test
        void theArrangementGivesTheGrantedSeatAndTime() {
            grant(world.body, 20, true);
            world.room(plan, world.site(), level, "107室", 10);
            ArrangementDecision without = arrange();
            assertThat(without)
                    .as("no wheelchair seat")
                    .isNotInstanceOf(ArrangementDecision.Done.class);
            grant(world.body, 20, false);
            assertThat(arrange()).isInstanceOf(ArrangementDecision.Done.class);
            assertThat(grantIssue(61, false)).contains("ACC_SLOT_TOO_SHORT");
            assertThat(grantIssue(60, false)).as("60 + 60 minutes in two hours").isEmpty();
            Accommodations.Outcome moved =
                    in(tx -> accommodations.set(tx, world.body, plan, id, 0, true));
            assertThat(((Accommodations.Outcome.Done) moved).seatsToChange()).hasSize(1);
        }

        private ArrangementDecision arrange() {
            return in(
                    tx ->
                            new Arrangements(world.clock, new SeededEntropy(7), SeatingUse.none())
                                    .arrange(
                                            tx,
                                            world.body,
                                            plan,
                                            Arrangements.SiteChoice.OWN_SITES,
                                            11));
        }

        private void grant(StaffScope scope, int minutes, boolean accessible) {
            Accommodations.Outcome granted =
                    in(tx -> accommodations.set(tx, scope, plan, id, minutes, accessible));
            assertThat(granted).isInstanceOf(Accommodations.Outcome.Done.class);
        }

        private Optional<String> grantIssue(int minutes, boolean accessible) {
            Accommodations.Outcome outcome =
                    in(tx -> accommodations.set(tx, world.body, plan, id, minutes, accessible));
            return outcome instanceof Accommodations.Outcome.Refused refused
                    ? Optional.of(refused.issue().code())
                    : Optional.empty();
        }

        @Test
        void onlyThePlansBodySetsAccommodationsAndOnlyBeforeTheStart() {
            Accommodations.Outcome clerk =
                    in(tx -> accommodations.set(tx, world.clerk, plan, id, 10, false));
            assertThat(clerk).isInstanceOf(Accommodations.Outcome.Refused.class);
            assertThat(grantIssue(Sittings.EXTRA_MINUTES_MAX + 1, false)).contains("ACC_MINUTES");
            world.room(plan, world.site(), level, "107室", 10);
            arrange();
            world.clock.set(HubWorld.NOW.plus(Duration.ofDays(3)));
            assertThat(grantIssue(10, false)).contains("ACC_BEGUN");
        }

        @Test
        void aRefusalNeedsAReasonAndEndsTheRequest() {
            ask(extra(20, false));
            assertThat(refuse(" ").isPresent()).isTrue();
            assertThat(refuse("材料不符").isEmpty()).isTrue();
            assertThat(last().state()).isEqualTo(State.REFUSED);
            assertThat(last().reason()).isEqualTo("材料不符");
            assertThat(approve(world.clerk)).contains("REQUEST_NOT_PENDING");
        }

        @Test
        void aCandidateHasFivePendingRequestsAtMostAndMayWithdraw() {
            for (int n = 0; n < Requests.PENDING_MAX; n++) {
                assertThat(ask(new Wish.Correction(CandidateField.MAJOR, "护理" + n))).isEmpty();
            }
            assertThat(ask(extra(20, false))).contains("REQUEST_TOO_MANY");
            Candidate who = candidate();
            CandidateRequest one = last();
            assertThat(in(tx -> requests.withdraw(tx, who, one, "")).isEmpty()).isTrue();
            assertThat(ask(extra(20, false))).isEmpty();
        }

        @Test
        void anAccommodationIsForPlansOneIsRegisteredIn() {
            Plan other = world.plan("K2");
            assertThat(ask(new Wish.Accommodation(other.id(), 20, false)))
                    .contains("ACC_NOT_REGISTERED");
            assertThat(ask(extra(0, false))).contains("ACC_NOTHING");
        }
    }
}
