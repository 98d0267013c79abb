package io.invigil.hub.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import com.sun.net.httpserver.HttpServer;
import io.invigil.appliance.config.Secret;
import io.invigil.appliance.db.Database;
import io.invigil.appliance.db.Dialect;
import io.invigil.appliance.db.MigrationSource;
import io.invigil.protocol.json.Json;
import io.invigil.testkit.StoreContract;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/**
 * Messages reach people by mail and SMS, with failures and retries; until a carrier is configured
 * they wait (issue 4, part 1).
 */
class OutboxTest {
    private static final AtomicLong NEXT_TENANT = new AtomicLong(1);

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

    /** A gateway that answers as it is told, then with 200. */
    private static final class Gateway implements AutoCloseable {
        final Deque<Integer> answers = new ArrayDeque<>();
        final List<String> taken = new ArrayList<>();
        final List<String> tokens = new ArrayList<>();
        private final HttpServer server;

        Gateway() throws IOException {
            server =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext(
                    "/sms",
                    exchange -> {
                        byte[] body = exchange.getRequestBody().readAllBytes();
                        tokens.add(exchange.getRequestHeaders().getFirst("Authorization"));
                        int status = answers.isEmpty() ? 200 : answers.poll();
                        if (status == 200) {
                            taken.add(Json.readTree(body).orElseThrow().get("to").asText());
                        }
                        exchange.sendResponseHeaders(status, -1);
                        exchange.close();
                    });
            server.start();
        }

        SmsCarrier carrier() {
            int port = server.getAddress().getPort();
            return new SmsCarrier(
                    URI.create("http://127.0.0.1:" + port + "/sms"), Secret.of("token-of-a-test"));
        }

        @Override
        public void close() {
            server.stop(0);
        }
    }

    abstract static class Contract extends StoreContract {
        private final Outbox outbox = new Outbox();
        private Gateway gateway;
        private long tenant;

        Contract(Dialect dialect) {
            super(dialect, new MigrationSource("hub", Outbox.class));
        }

        @BeforeEach
        void open() throws IOException {
            tenant = NEXT_TENANT.getAndIncrement();
            gateway = new Gateway();
        }

        @AfterEach
        void close() {
            gateway.close();
            // messages of this test are none of the next one's
            database().useTransaction(tx -> tx.update("delete from outbox_message").execute());
        }

        private long put(Channel channel, String to) {
            return database()
                    .inTransaction(
                            tx ->
                                    outbox.put(
                                            tx,
                                            tenant,
                                            5,
                                            MessageKind.PASSWORD,
                                            channel,
                                            to,
                                            "考场通",
                                            "初始密码 abc"));
        }

        private Message find(long id) {
            return database().inTransaction(tx -> outbox.find(tx, tenant, 5, id)).orElseThrow();
        }

        private static OutboxSender sender(Database database, Carrier... carriers) {
            return new OutboxSender(database, List.of(carriers));
        }

        private void makeDue(long id) {
            database()
                    .useTransaction(
                            tx ->
                                    tx.update(
                                                    "update outbox_message set next_ms = 0 where id"
                                                            + " = :id")
                                            .bind("id", id)
                                            .execute());
        }

        @Test
        void sendsMailOverSmtpAndErasesTheText() throws Exception {
            GreenMail server = new GreenMail(new ServerSetup(0, "127.0.0.1", "smtp"));
            server.start();
            try (OutboxSender sender = sender(database(), mail(server.getSmtp().getPort()))) {
                long id = put(Channel.MAIL, "zhang@example.org");
                assertThat(sender.round()).isEqualTo(1);
                assertThat(server.getReceivedMessages()).hasSize(1);
                assertThat(server.getReceivedMessages()[0].getSubject()).isEqualTo("考场通");
                assertThat(server.getReceivedMessages()[0].getContent().toString())
                        .contains("初始密码 abc");
                assertThat(find(id).state()).isEqualTo(Message.State.SENT);
                assertThat(find(id).text()).isEmpty();
                assertThat(find(id).sentAt()).isPresent();
                assertThat(sender.round()).isZero();
            } finally {
                server.stop();
            }
        }

        private static MailCarrier mail(int port) {
            return new MailCarrier(
                    new MailCarrier.Server(
                            "127.0.0.1",
                            port,
                            false,
                            "invigil@example.org",
                            Optional.empty(),
                            Optional.empty()),
                    Clock.systemUTC());
        }

        @Test
        void triesMailAgainLaterWhenTheServerIsAway() {
            try (OutboxSender sender = sender(database(), mail(1))) {
                long id = put(Channel.MAIL, "zhang@example.org");
                assertThat(sender.round()).isZero();
                assertThat(find(id).state()).isEqualTo(Message.State.WAITING);
                assertThat(find(id).attempts()).isEqualTo(1);
                assertThat(find(id).problem()).isNotEmpty();
                assertThat(find(id).nextAt()).isAfter(find(id).createdAt());
                assertThat(sender.round()).as("not before its time").isZero();
                assertThat(find(id).attempts()).isEqualTo(1);
            }
        }

        @Test
        void sendsSmsThroughTheGatewayAfterFailures() {
            gateway.answers.addAll(List.of(503, 429));
            try (OutboxSender sender = sender(database(), gateway.carrier())) {
                long id = put(Channel.SMS, "13800000001");
                for (int attempt = 1; attempt <= 2; attempt++) {
                    assertThat(sender.round()).isZero();
                    assertThat(find(id).attempts()).isEqualTo(attempt);
                    makeDue(id);
                }
                assertThat(sender.round()).isEqualTo(1);
                assertThat(gateway.taken).containsExactly("13800000001");
                assertThat(gateway.tokens).containsOnly("Bearer token-of-a-test");
                assertThat(find(id).state()).isEqualTo(Message.State.SENT);
            }
        }

        @Test
        void givesUpWhatTheGatewayWillNeverTakeAndTriesAgainWhenAsked() {
            gateway.answers.add(422);
            try (OutboxSender sender = sender(database(), gateway.carrier())) {
                long id = put(Channel.SMS, "13800000002");
                sender.round();
                assertThat(find(id).state()).isEqualTo(Message.State.GIVEN_UP);
                assertThat(find(id).problem()).isEqualTo("HTTP 422");
                database().useTransaction(tx -> outbox.again(tx, find(tx, id)));
                assertThat(sender.round()).isEqualTo(1);
            }
        }

        private Message find(io.invigil.appliance.db.Tx tx, long id) {
            return outbox.find(tx, tenant, 5, id).orElseThrow();
        }

        @Test
        void givesUpAfterTheLastAttempt() {
            try (OutboxSender sender = sender(database(), gateway.carrier())) {
                long id = put(Channel.SMS, "13800000003");
                for (int attempt = 1; attempt <= OutboxSender.ATTEMPTS_MAX; attempt++) {
                    assertThat(find(id).state()).isEqualTo(Message.State.WAITING);
                    gateway.answers.add(500);
                    makeDue(id);
                    sender.round();
                }
                assertThat(find(id).state()).isEqualTo(Message.State.GIVEN_UP);
            }
        }

        @Test
        void waitsInTheOutboxUntilACarrierIsConfigured() {
            long id = put(Channel.MAIL, "zhang@example.org");
            try (OutboxSender sender = sender(database(), gateway.carrier())) {
                assertThat(sender.carries(Channel.MAIL)).isFalse();
                assertThat(sender.round()).isZero();
            }
            assertThat(find(id).state()).isEqualTo(Message.State.WAITING);
            assertThat(find(id).attempts()).isZero();
            database().useTransaction(tx -> outbox.handedOver(tx, find(tx, id)));
            assertThat(find(id).text()).isEmpty();
        }

        @Test
        void showsAnOrganisationItsOwnMessagesOnly() {
            long id = put(Channel.SMS, "13800000004");
            database()
                    .useTransaction(
                            tx -> {
                                assertThat(outbox.find(tx, tenant, 6, id)).isEmpty();
                                assertThat(outbox.find(tx, tenant + 1000, 5, id)).isEmpty();
                                assertThat(outbox.count(tx, tenant, 6, Optional.empty())).isZero();
                                assertThat(outbox.list(tx, tenant, 5, Optional.empty(), 0, 9))
                                        .hasSize(1);
                            });
        }

        @Test
        void takesOnlyAddressesAndTextsWithinTheLimits() {
            assertThatThrownBy(() -> put(Channel.MAIL, "zhang"))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> put(Channel.SMS, "zhang@example.org"))
                    .isInstanceOf(IllegalArgumentException.class);
            String longest = "x".repeat(Message.TEXT_CHARS_MAX);
            database()
                    .useTransaction(
                            tx ->
                                    outbox.put(
                                            tx,
                                            tenant,
                                            5,
                                            MessageKind.NOTICE,
                                            Channel.SMS,
                                            "13800000001",
                                            "s",
                                            longest));
            assertThatThrownBy(
                            () ->
                                    database()
                                            .useTransaction(
                                                    tx ->
                                                            outbox.put(
                                                                    tx,
                                                                    tenant,
                                                                    5,
                                                                    MessageKind.NOTICE,
                                                                    Channel.SMS,
                                                                    "13800000001",
                                                                    "s",
                                                                    longest + "x")))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void aCodeIsReadByNobodyHereAndAFirstPasswordOnlyWhereNothingCarriesIt() {
        assertThat(of(MessageKind.CODE, "13800000001").readable(false)).isFalse();
        assertThat(of(MessageKind.CODE, "13800000001").readable(true)).isFalse();
        assertThat(of(MessageKind.PASSWORD, "13800000001").readable(true)).isFalse();
        assertThat(of(MessageKind.PASSWORD, "13800000001").readable(false))
                .as("somebody must hand it over")
                .isTrue();
        assertThat(of(MessageKind.NOTICE, "13800000001").readable(true)).isTrue();
        assertThat(of(MessageKind.CODE, "18312340551").maskedRecipient()).isEqualTo("183****0551");
        assertThat(of(MessageKind.CODE, "wang.xiaoer@example.org").maskedRecipient())
                .isEqualTo("w***@example.org");
    }

    private static Message of(MessageKind kind, String recipient) {
        Channel channel = recipient.contains("@") ? Channel.MAIL : Channel.SMS;
        return new Message(
                1,
                1,
                5,
                kind,
                channel,
                recipient,
                "s",
                "t",
                Message.State.WAITING,
                0,
                Instant.EPOCH,
                Instant.EPOCH,
                Optional.empty(),
                "");
    }

    @Test
    void waitsLongerAfterEachFailureUpToFourHours() {
        assertThat(OutboxSender.pause(1)).isEqualTo(Duration.ofMinutes(1));
        assertThat(OutboxSender.pause(2)).isEqualTo(Duration.ofMinutes(2));
        assertThat(OutboxSender.pause(8)).isEqualTo(Duration.ofMinutes(128));
        assertThat(OutboxSender.pause(9)).isEqualTo(OutboxSender.PAUSE_MAX);
        assertThat(OutboxSender.pause(OutboxSender.ATTEMPTS_MAX)).isEqualTo(OutboxSender.PAUSE_MAX);
    }

    @Test
    void aMessageDoesNotPrintItsText() {
        Message message =
                new Message(
                        1,
                        2,
                        3,
                        MessageKind.NOTICE,
                        Channel.SMS,
                        "13800000001",
                        "s",
                        "secret",
                        Message.State.WAITING,
                        0,
                        java.time.Instant.EPOCH,
                        java.time.Instant.EPOCH,
                        Optional.empty(),
                        "");
        assertThat(message.toString()).doesNotContain("secret").doesNotContain("138");
    }
}
