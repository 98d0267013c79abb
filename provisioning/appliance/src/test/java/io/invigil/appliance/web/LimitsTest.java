package io.invigil.appliance.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.appliance.layout.Flash;
import io.invigil.appliance.web.limit.Throttle;
import io.invigil.appliance.web.session.MemorySessions;
import io.invigil.appliance.web.session.Session;
import io.invigil.protocol.crypto.Digest;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LimitsTest {
    private static final Instant START = Instant.parse("2026-11-20T01:00:00Z");

    @Test
    void formTakesTheMostFieldsAndNoMore() {
        String field = "a=1&";
        assertThat(Form.parse(field.repeat(Form.FIELDS_MAX)).orElseThrow().all("a"))
                .hasSize(Form.FIELDS_MAX);
        assertThat(Form.parse(field.repeat(Form.FIELDS_MAX + 1))).isEmpty();
    }

    @Test
    void formReadsNamesNumbersAndDatesAndTrims() {
        Form form =
                Form.parse("name=+%E5%BC%A0%F0%A0%AE%B7+&id=1&id=x&id=2&day=2026-11-20&tick&pw=+a+")
                        .orElseThrow();
        assertThat(form.text("name")).isEqualTo("张𠮷");
        assertThat(form.numbers("id")).containsExactly(1L, 2L);
        assertThat(form.date("day")).hasToString("Optional[2026-11-20]");
        assertThat(form.date("name")).isEmpty();
        assertThat(form.number("none")).isEmpty();
        assertThat(form.ticked("tick")).isTrue();
        assertThat(form.raw("pw")).isEqualTo(" a ");
        assertThat(Form.parse("a=%zz")).isEmpty();
    }

    @Test
    void localPathKeepsRedirectsHere() {
        assertThat(LocalPath.of("/plans?x=1")).isEqualTo("/plans?x=1");
        for (String foreign :
                new String[] {"//evil", "https://evil", "/\\evil", "javascript:x", "", "/a\nb"}) {
            assertThat(LocalPath.of(foreign)).as(foreign).isEqualTo("/");
        }
    }

    @Test
    void throttleGivesABurstAndThenOneByOne() {
        Clock[] now = {Clock.fixed(START, ZoneOffset.UTC)};
        Throttle throttle = new Throttle(3, Duration.ofSeconds(10), moving(now));
        for (int i = 0; i < 3; i++) {
            assertThat(throttle.allow("a")).isTrue();
        }
        assertThat(throttle.allow("a")).isFalse();
        assertThat(throttle.allow("b")).isTrue();
        now[0] = Clock.offset(now[0], Duration.ofSeconds(10));
        assertThat(throttle.allow("a")).isTrue();
        assertThat(throttle.allow("a")).isFalse();
        now[0] = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);
        assertThat(throttle.allow("b")).as("after the clock was set back").isFalse();
        now[0] = Clock.offset(now[0], Duration.ofSeconds(10));
        assertThat(throttle.allow("b")).isTrue();
    }

    private static Clock moving(Clock[] now) {
        return new Clock() {
            @Override
            public Instant instant() {
                return now[0].instant();
            }

            @Override
            public java.time.ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(java.time.ZoneId zone) {
                return this;
            }
        };
    }

    @Test
    void throttleRemembersTheMostKeysAndNoMore() {
        Throttle throttle =
                new Throttle(1, Duration.ofHours(1), Clock.fixed(START, ZoneOffset.UTC));
        for (int i = 0; i < 100_000; i++) {
            throttle.allow("key" + i);
        }
        assertThat(throttle.keys()).isEqualTo(Throttle.KEYS_MAX);
    }

    @Test
    void memorySessionsEndTheOldestBeyondTheMost() {
        MemorySessions sessions = new MemorySessions();
        for (int i = 0; i <= MemorySessions.SESSIONS_MAX; i++) {
            sessions.save(session(i));
        }
        assertThat(sessions.find(session(0).idHash())).isEmpty();
        assertThat(sessions.find(session(1).idHash())).isPresent();
    }

    private static Session session(int number) {
        SignedIn person = new SignedIn(1, number, "l", "n", Set.of(), Optional.empty(), Map.of());
        Digest id = Digest.sha256(ByteBuffer.allocate(4).putInt(number).array());
        return new Session(id, person, "", "", START, START, START.plusSeconds(60));
    }

    @Test
    void flashesOfTooManyVisitorsPushOutTheOldest() {
        FlashBox box = new FlashBox();
        for (int i = 0; i <= FlashBox.VISITORS_MAX; i++) {
            box.put("v" + i, new Flash(Flash.Kind.NOTICE, "x".repeat(600)));
        }
        assertThat(box.take("v0")).isEmpty();
        assertThat(box.take("v1").orElseThrow().text()).hasSize(Flash.TEXT_CHARS_MAX);
        assertThat(box.take("v1")).isEmpty();
    }
}
