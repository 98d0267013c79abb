package io.invigil.protocol.receipt;

import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.protocol.crypto.Digest;
import io.invigil.protocol.fact.EpochId;
import io.invigil.protocol.fact.FactRecord;
import io.invigil.protocol.fact.Lane;
import io.invigil.protocol.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** XSP-129: a node takes the records of a gap back as the hub holds them. */
class HeldRecordsTest {
    private static final EpochId EPOCH = new EpochId("0123456789abcdef0123456789abcdef");
    private static final Digest BEFORE = Digest.sha256(new byte[] {1});

    private static List<FactRecord> records(int count, int jsonBytes) {
        Random random = new Random(5);
        List<FactRecord> chain = new ArrayList<>();
        Digest before = BEFORE;
        for (int at = 0; at < count; at++) {
            byte[] salt = new byte[FactRecord.SALT_BYTES];
            random.nextBytes(salt);
            byte[] json =
                    ("{\"t\":\"note\",\"n\":\"" + "x".repeat(jsonBytes) + at + "\"}")
                            .getBytes(StandardCharsets.UTF_8);
            FactRecord record =
                    FactRecord.chained(EPOCH, Lane.ATT, 8 + at, 20 + 2L * at, salt, json, before);
            chain.add(record);
            before = record.hash();
        }
        return chain;
    }

    private static List<FactRecord> overTheLine(HeldRecords held) {
        return HeldRecords.read(Json.write(held)).orElseThrow().chained(EPOCH, Lane.ATT, 8, BEFORE);
    }

    @Test
    void theNodeComputesTheSameChainFromWhatTravels() {
        List<FactRecord> all = records(30, 10);
        assertThat(overTheLine(HeldRecords.of(all))).usingRecursiveComparison().isEqualTo(all);
    }

    @Test
    void anAnswerHasLimitsAndGoesOnWithTheNext() {
        assertThat(HeldRecords.of(records(HeldRecords.RECORDS_MAX + 9, 1)).records())
                .hasSize(HeldRecords.RECORDS_MAX);
        List<FactRecord> large = records(100, 40 * 1024);
        HeldRecords some = HeldRecords.of(large);
        assertThat(some.records()).hasSizeBetween(1, 60);
        assertThat(Json.write(some).length).isLessThan(HeldRecords.BYTES_MAX);
        List<FactRecord> began = overTheLine(some);
        assertThat(began.getLast().hash()).isEqualTo(large.get(began.size() - 1).hash());
    }

    @Test
    void whatIsOutOfFormIsNothing() {
        for (String wrong :
                List.of(
                        "",
                        "[]",
                        "{\"records\":[{\"position\":0,\"salt\":\"\",\"json\":\"\"}]}",
                        "{\"records\":[{\"position\":1,\"salt\":\"AAAA\",\"json\":\"\"}]}",
                        "{\"records\":[{\"position\":1}]}")) {
            assertThat(HeldRecords.read(wrong.getBytes(StandardCharsets.UTF_8)))
                    .as(wrong)
                    .isEmpty();
        }
    }
}
