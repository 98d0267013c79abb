package io.invigil.hub.centreword;

import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.appliance.db.Dialect;
import io.invigil.appliance.db.MigrationSource;
import io.invigil.exam.room.CentreWord;
import io.invigil.exam.room.ProctorFact;
import io.invigil.hub.RoomScript;
import io.invigil.hub.ScoringWorld;
import io.invigil.hub.ServedRoom;
import io.invigil.hub.examday.BoardRow;
import io.invigil.hub.examday.Boards;
import io.invigil.hub.organisation.StaffScope;
import io.invigil.hub.plan.PassRule;
import io.invigil.hub.plan.Window;
import io.invigil.protocol.crypto.SigningKey;
import io.invigil.protocol.fact.NodeId;
import io.invigil.protocol.fact.Realm;
import io.invigil.protocol.receipt.SignedMessage;
import io.invigil.testkit.SeededEntropy;
import io.invigil.testkit.StoreContract;
import io.invigil.testkit.TestClock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/**
 * Issue 3, part 6: a message to one room or all, signed, again until the room has it; the board
 * shows sent, received and read (XSP-038).
 */
class CentreWordsTest {
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
        private static final LocalDate DAY = LocalDate.of(2026, 11, 20);
        private static final String TEXT = "请把开考时间推迟 10 分钟";

        private final SigningKey hubKey = SigningKey.generate(new SeededEntropy(1));
        private final CentreWordProjection projection = new CentreWordProjection();
        private final List<byte[]> sent = new ArrayList<>();
        private TestClock clock;
        private ScoringWorld world;
        private ServedRoom room;
        private CentreWords words;

        Contract(Dialect dialect) {
            super(dialect, new MigrationSource("hub", CentreWords.class));
        }

        @BeforeEach
        void aRoomWithPeople() {
            clock = TestClock.examMorning();
            sent.clear();
            world = new ScoringWorld(database(), PassRule.ALL_SUBJECTS, false);
            room = new ServedRoom(world);
            world.person("王小二", "");
            words =
                    new CentreWords(
                            database(), world.tenant, REALM, hubKey, clock, new SeededEntropy(2));
        }

        private List<BoardRow> board(StaffScope scope) {
            var day =
                    new Boards.Filter(
                            Window.ofDays(DAY, DAY, ScoringWorld.ZONE),
                            Optional.empty(),
                            Optional.empty());
            return world.inTx(tx -> new Boards().of(tx, scope, day, clock.instant())).rows();
        }

        private WordDecision send(StaffScope scope, String text) {
            List<BoardRow> rows = board(world.staff);
            return world.inTx(tx -> words.send(tx, scope, rows, text));
        }

        private void round() {
            words.sendDue((node, bytes) -> node.equals(NODE) && sent.add(bytes));
        }

        private CentreWord opened(byte[] bytes) {
            SignedMessage message = SignedMessage.decode(bytes).orElseThrow();
            assertThat(message.verifiedBy(id -> Optional.of(hubKey.verifyKey()))).isTrue();
            return CentreWord.open(message, REALM, NODE, room.key).orElseThrow();
        }

        private String state() {
            return only().state();
        }

        private SentWord.Room only() {
            assertThat(recent(world.staff)).hasSize(1);
            return recent(world.staff).getFirst().rooms().getFirst();
        }

        private List<SentWord> recent(StaffScope scope) {
            return world.inTx(tx -> words.recent(tx, scope));
        }

        @Test
        void goesAgainUntilTheRoomSaysThatItIsThere() {
            assertThat(send(world.staff, TEXT)).isInstanceOf(WordDecision.Sent.class);
            assertThat(state()).isEqualTo("WAITS");
            words.sendDue((node, bytes) -> false);
            assertThat(state()).isEqualTo("WAITS");
            round();
            round();
            assertThat(sent).as("not twice in one go").hasSize(1);
            assertThat(state()).isEqualTo("SENT");
            clock.advance(CentreWords.SEND_AGAIN);
            round();
            assertThat(sent).hasSize(2);
            CentreWord word = opened(sent.getFirst());
            assertThat(opened(sent.getLast())).isEqualTo(word);
            assertThat(word.text()).isEqualTo(TEXT);
            assertThat(word.from()).isEqualTo("海岳车辆技术评价中心");
            told(word, ServedRoom.NODE);
            clock.advance(CentreWords.SEND_AGAIN);
            round();
            assertThat(sent).hasSize(2);
            assertThat(state()).isEqualTo("RECEIVED");
        }

        @Test
        void whoReadItInTheRoomStandsBesideIt() {
            send(world.staff, TEXT);
            round();
            CentreWord word = opened(sent.getFirst());
            // the acknowledgement may come before the arrival, and both twice
            RoomScript script =
                    new RoomScript(world.tenant, ServedRoom.NODE)
                            .add(new ProctorFact.CentreRead(word.word(), word.exam()))
                            .add(heard(word));
            script.applyTo(database(), projection).applyTo(database(), projection);
            assertThat(state()).isEqualTo("READ");
            assertThat(only().readBy()).isEqualTo("node");
            assertThat(board(world.staff).getFirst().room().unread()).isEmpty();
        }

        @Test
        void aNodeThatAsksOverHttpsGetsWhatWaits() {
            send(world.staff, TEXT);
            List<byte[]> waiting = words.waiting(NODE);
            assertThat(waiting).hasSize(1);
            assertThat(opened(waiting.getFirst()).text()).isEqualTo(TEXT);
            assertThat(words.waiting(new NodeId("node-2"))).isEmpty();
            told(opened(waiting.getFirst()), ServedRoom.NODE);
            assertThat(words.waiting(NODE)).isEmpty();
        }

        @Test
        void anotherNodesWordDoesNotMakeItReceived() {
            send(world.staff, TEXT);
            round();
            told(opened(sent.getFirst()), "node-2");
            assertThat(state()).isEqualTo("SENT");
        }

        @Test
        void isOfNoUseLongAfterTheSlot() {
            send(world.staff, TEXT);
            clock.advance(Duration.ofHours(12));
            round();
            assertThat(sent).isEmpty();
            assertThat(words.waiting(NODE)).isEmpty();
        }

        @Test
        void onlyTheBodyOfThePlanSpeaksAndASchoolSeesIt() {
            assertThat(send(world.school, TEXT)).isEqualTo(refused("WORD_NOT_ALLOWED"));
            assertThat(send(world.otherBody, TEXT)).isEqualTo(refused("WORD_NOT_ALLOWED"));
            assertThat(send(world.staff, " ")).isEqualTo(refused("WORD_TEXT"));
            String most = "字".repeat(CentreWord.TEXT_CHARS_MAX);
            assertThat(send(world.staff, most + "字")).isEqualTo(refused("WORD_TEXT"));
            WordDecision none = world.inTx(tx -> words.send(tx, world.staff, List.of(), TEXT));
            assertThat(none).isEqualTo(refused("WORD_NO_ROOM"));
            assertThat(send(world.staff, most)).isInstanceOf(WordDecision.Sent.class);
            assertThat(recent(world.school)).hasSize(1);
            assertThat(recent(world.otherBody)).isEmpty();
            assertThat(board(world.staff).getFirst().room().unread()).hasSize(1);
        }

        private static WordDecision refused(String code) {
            return new WordDecision.Refused(WordDecision.Code.valueOf(code));
        }

        private static ProctorFact heard(CentreWord word) {
            return new ProctorFact.CentreTold(
                    word.word(), word.exam(), word.from(), word.sentMillis(), word.text());
        }

        private void told(CentreWord word, String node) {
            new RoomScript(world.tenant, node).add(heard(word)).applyTo(database(), projection);
        }
    }
}
