package io.invigil.hub.arrival;

import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.appliance.db.Dialect;
import io.invigil.appliance.db.MigrationSource;
import io.invigil.exam.room.PortalAnswer;
import io.invigil.exam.room.PortalClaim;
import io.invigil.exam.room.ProctorFact;
import io.invigil.hub.AuditTrail;
import io.invigil.hub.RoomScript;
import io.invigil.hub.ScoringWorld;
import io.invigil.hub.ServedRoom;
import io.invigil.hub.candidate.Candidate;
import io.invigil.hub.candidate.CandidateId;
import io.invigil.hub.candidate.Candidates;
import io.invigil.hub.plan.PassRule;
import io.invigil.protocol.crypto.SigningKey;
import io.invigil.protocol.fact.NodeId;
import io.invigil.protocol.fact.Realm;
import io.invigil.protocol.receipt.SignedMessage;
import io.invigil.testkit.SeededEntropy;
import io.invigil.testkit.StoreContract;
import io.invigil.testkit.TestClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/**
 * Issue 3, part 1: check-in by the candidate's phone through the portal; domain, section 9;
 * XSP-039.
 */
class ArrivalsTest {
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
        private static final Realm REALM = new Realm("test");
        private static final NodeId NODE = new NodeId(ServedRoom.NODE);
        private static final String CODE = "AB12-cd34";

        private final SigningKey hubKey = SigningKey.generate(new SeededEntropy(1));
        private final ArrivalProjection projection = new ArrivalProjection();
        private final List<byte[]> sent = new ArrayList<>();
        private TestClock clock;
        private ScoringWorld world;
        private ServedRoom room;
        private Arrivals arrivals;
        private Candidate candidate;
        private long sitting;

        Contract(Dialect dialect) {
            super(dialect, new MigrationSource("hub", Arrivals.class));
        }

        @BeforeEach
        void aRoomWithOneWhoIsExpected() {
            clock = TestClock.examMorning();
            sent.clear();
            world = new ScoringWorld(database(), PassRule.ALL_SUBJECTS, false);
            room = new ServedRoom(world);
            ScoringWorld.Person person = world.person("王小二", "");
            sitting = person.theorySitting();
            candidate = candidate(person);
            held(sitting);
            arrivals =
                    new Arrivals(
                            database(), world.tenant, REALM, hubKey, clock, new SeededEntropy(2));
        }

        private Candidate candidate(ScoringWorld.Person person) {
            return world.inTx(
                            tx ->
                                    new Candidates()
                                            .find(
                                                    tx,
                                                    world.tenant,
                                                    new CandidateId(person.candidate())))
                    .orElseThrow();
        }

        private void held(long which) {
            world.inTx(
                    tx ->
                            tx.update(
                                            """
                                            insert into sitting_holder
                                                (tenant, sitting, node, exam, at_ms)
                                            values (:t, :sitting, :node, :exam, 0)
                                            """)
                                    .bind("t", world.tenant.value())
                                    .bind("sitting", which)
                                    .bind("node", ServedRoom.NODE)
                                    .bind("exam", room.exam)
                                    .execute());
        }

        private ArrivalDecision claim(String code) {
            return world.inTx(tx -> arrivals.claim(tx, candidate, sitting, code, "10.0.0.1"));
        }

        private void round() {
            arrivals.sendDue((node, bytes) -> node.equals(NODE) && sent.add(bytes));
        }

        private PortalClaim opened(byte[] bytes) {
            SignedMessage message = SignedMessage.decode(bytes).orElseThrow();
            assertThat(message.verifiedBy(id -> Optional.of(hubKey.verifyKey()))).isTrue();
            return PortalClaim.open(message, REALM, NODE, room.key).orElseThrow();
        }

        private String state() {
            Optional<ArrivalPlace> place = world.inTx(tx -> arrivals.place(tx, candidate, sitting));
            return place.flatMap(ArrivalPlace::last).orElseThrow().state(clock.instant());
        }

        private void says(PortalClaim claim, PortalAnswer answer, String node) {
            new RoomScript(world.tenant, node)
                    .add(
                            new ProctorFact.PortalAnswered(
                                    claim.exam(),
                                    claim.sitting(),
                                    claim.request(),
                                    answer,
                                    "13号机房",
                                    7))
                    .applyTo(database(), projection);
        }

        @Test
        void goesToTheNodeOfTheSittingAgainAndAgainUntilItAnswers() {
            assertThat(claim(CODE)).isEqualTo(new ArrivalDecision.Sent());
            assertThat(state()).isEqualTo("WAITS");
            round();
            round();
            assertThat(sent).as("not twice in one go").hasSize(1);
            clock.advance(Arrivals.SEND_AGAIN);
            round();
            assertThat(sent).hasSize(2);
            PortalClaim claim = opened(sent.getFirst());
            assertThat(opened(sent.getLast())).isEqualTo(claim);
            assertThat(claim.sitting()).isEqualTo(sitting);
            assertThat(claim.exam()).isEqualTo(room.exam);
            assertThat(claim.code()).isEqualTo("AB12CD34");
            assertThat(claim.leave()).isFalse();
            assertThat(opened(arrivals.waiting(NODE).getFirst())).isEqualTo(claim);
            assertThat(arrivals.waiting(new NodeId("node-2"))).isEmpty();
            says(claim, PortalAnswer.ARRIVED, ServedRoom.NODE);
            assertThat(state()).isEqualTo("ARRIVED");
            clock.advance(Arrivals.SEND_AGAIN);
            round();
            assertThat(sent).hasSize(2);
            assertThat(arrivals.waiting(NODE)).isEmpty();
            assertThat(AuditTrail.of(database(), world.tenant))
                    .contains("CREATED portal-arrival " + sitting);
        }

        @Test
        void aRoomThatDoesNotAnswerIsSaidToBeSilentAndTheOldCodeIsSentNoMore() {
            claim(CODE);
            clock.advance(Arrival.ANSWER_WITHIN);
            assertThat(state()).isEqualTo("SILENT");
            round();
            assertThat(sent).isEmpty();
            assertThat(arrivals.waiting(NODE)).isEmpty();
        }

        @Test
        void theSameCodeTwiceIsOneClaimAndANewCodeIsTheNext() {
            claim(CODE);
            claim("ab12cd34");
            round();
            claim("EF56GH78");
            clock.advance(Arrivals.SEND_AGAIN);
            round();
            assertThat(sent).hasSize(2);
            PortalClaim first = opened(sent.getFirst());
            PortalClaim second = opened(sent.getLast());
            assertThat(second.request()).isGreaterThan(first.request());
            says(first, PortalAnswer.CODE_EXPIRED, ServedRoom.NODE);
            assertThat(state()).as("the answer to an older claim").isEqualTo("WAITS");
            says(second, PortalAnswer.ARRIVED, "node-2");
            assertThat(state()).as("a node that does not hold the exam").isEqualTo("WAITS");
            says(second, PortalAnswer.OTHER_ROOM, ServedRoom.NODE);
            says(second, PortalAnswer.ARRIVED, ServedRoom.NODE);
            assertThat(state()).as("each claim has one answer").isEqualTo("OTHER_ROOM");
        }

        @Test
        void nobodyTriesCodesThrough() {
            for (int guess = 0; guess < Arrivals.CLAIMS_AT_ONCE; guess++) {
                assertThat(claim("AAAAAAA" + guess)).isEqualTo(new ArrivalDecision.Sent());
            }
            assertThat(claim("BBBBBBBB"))
                    .isEqualTo(new ArrivalDecision.Refused(ArrivalRefusal.ARRIVAL_TOO_OFTEN));
            clock.advance(Arrivals.CLAIM_EVERY);
            assertThat(claim("BBBBBBBB")).isEqualTo(new ArrivalDecision.Sent());
        }

        @Test
        void onlyAWholeCodeForAnOwnSittingOfTheseHoursGoes() {
            for (String wrong : List.of("", "AB12CD3", "AB12CD345", "签到签到签到签到")) {
                assertThat(claim(wrong))
                        .as(wrong)
                        .isEqualTo(new ArrivalDecision.Refused(ArrivalRefusal.ARRIVAL_CODE));
            }
            ScoringWorld.Person other = world.person("李小三", "");
            held(other.theorySitting());
            Candidate stranger = candidate(other);
            ArrivalDecision foreign =
                    world.inTx(tx -> arrivals.claim(tx, stranger, sitting, CODE, "10.0.0.1"));
            assertThat(foreign).isEqualTo(new ArrivalDecision.Unknown());
            clock.advance(Duration.ofHours(12));
            assertThat(claim(CODE)).isEqualTo(new ArrivalDecision.Unknown());
        }

        @Test
        void afterTheEndTheCodeMeansToLeave() {
            clock.advance(Duration.between(clock.instant(), end().plusSeconds(60)));
            claim(CODE);
            round();
            assertThat(opened(sent.getFirst()).leave()).isTrue();
        }

        private List<ArrivalPlace> places() {
            return world.inTx(tx -> arrivals.places(tx, candidate));
        }

        private java.time.Instant end() {
            return places().getFirst().to();
        }

        @Test
        void aSittingThatNoPackageHoldsIsNotOffered() {
            assertThat(places()).extracting(ArrivalPlace::sitting).containsExactly(sitting);
        }
    }
}
