package io.invigil.protocol.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.invigil.protocol.crypto.Entropy;
import io.invigil.protocol.crypto.SealKey;
import io.invigil.protocol.crypto.SigningKey;
import io.invigil.protocol.fact.FactDraft;
import io.invigil.protocol.fact.FactRecord;
import io.invigil.protocol.fact.Lane;
import io.invigil.protocol.fact.NodeId;
import io.invigil.protocol.fact.Realm;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Keys, settings and facts for the ledger's tests; everything follows from the seed. */
final class LedgerFixture {
    static final Realm REALM = new Realm("prov-test");
    static final NodeId NODE = new NodeId("room-7");
    static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-20T01:00:00Z"), ZoneOffset.UTC);

    final Entropy entropy;
    final SealKey recoveryKey;
    final SigningKey signingKey;
    final byte[] dataKey;
    final List<LedgerAlarm> alarms = new ArrayList<>();

    LedgerFixture(long seed) {
        Random random = new Random(seed);
        this.entropy = random::nextBytes;
        this.recoveryKey = SealKey.generate(entropy);
        this.signingKey = SigningKey.generate(entropy);
        this.dataKey = entropy.bytes(32);
    }

    LedgerSettings settings() {
        return settings(LedgerSettings.SEGMENT_BYTES);
    }

    LedgerSettings settings(int segmentBytesMax) {
        return settings(segmentBytesMax, entropy);
    }

    /** For real processes, whose epochs must differ. */
    LedgerSettings settings(Entropy random) {
        return settings(LedgerSettings.SEGMENT_BYTES, random);
    }

    static Entropy osEntropy() {
        return Entropy.secure();
    }

    private LedgerSettings settings(int segmentBytesMax, Entropy random) {
        return new LedgerSettings(
                REALM,
                NODE,
                new LedgerKeys(dataKey, recoveryKey.publicKey(), signingKey),
                "test",
                random,
                CLOCK,
                LedgerSettings.Timings.SPECIFIED,
                alarm -> {
                    synchronized (alarms) {
                        alarms.add(alarm);
                    }
                },
                segmentBytesMax);
    }

    static FactDraft fact(Lane lane, String text) {
        return new FactDraft(lane, json(text));
    }

    static byte[] json(String text) {
        return ("{\"t\":\"test\",\"v\":\"" + text + "\"}").getBytes(UTF_8);
    }

    /** The texts of all replayed test facts, in order. */
    static List<String> replayed(Ledger ledger) {
        return texts(replayedRecords(ledger));
    }

    static List<FactRecord> replayedRecords(Ledger ledger) {
        List<FactRecord> records = new ArrayList<>();
        ledger.replay(1, records::add);
        return records;
    }

    static List<String> texts(List<FactRecord> records) {
        List<String> texts = new ArrayList<>();
        for (FactRecord record : records) {
            String json = new String(record.json(), UTF_8);
            if (json.startsWith("{\"t\":\"test\"")) {
                texts.add(json.substring(json.indexOf("\"v\":\"") + 5, json.length() - 2));
            }
        }
        return texts;
    }
}
