package io.invigil.exam.paper;

import io.invigil.protocol.crypto.Digest;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A small paper of all kinds with its key, made up for tests. */
public final class SamplePaper {
    public static final byte[] PICTURE = "not really a picture".getBytes(StandardCharsets.UTF_8);

    private SamplePaper() {}

    public static Paper paper() {
        return new Paper(
                "P1",
                "网络安全 初级",
                "Network security, basic",
                List.of(
                        new Paper.Section(
                                "S1",
                                "选择题",
                                "Choices",
                                Xhtml.EMPTY,
                                true,
                                List.of(single(), multiple(), trueFalse())),
                        new Paper.Section(
                                "S2",
                                "填空与问答",
                                "Writing",
                                Xhtml.sanitised("<p>请用中文作答。</p>").orElseThrow(),
                                false,
                                List.of(number(), word(), essay()))),
                List.of(
                        new Paper.Asset(
                                "topology.png",
                                Digest.sha256(PICTURE).hex(),
                                "image/png",
                                PICTURE.length)));
    }

    public static AnswerKey key() {
        return new AnswerKey(
                "P1",
                Map.of(
                        "Q1",
                        key("2", match(BaseType.IDENTIFIER, Cardinality.SINGLE, "B")),
                        "Q2",
                        key("1", multipleKey()),
                        "Q3",
                        key("1", match(BaseType.IDENTIFIER, Cardinality.SINGLE, "true")),
                        "Q4",
                        key("2", match(BaseType.FLOAT, Cardinality.SINGLE, "0.5")),
                        "Q5",
                        key("2", wordKey())));
    }

    static AnswerKey.ItemKey key(String weight, AnswerKey.ResponseKey response) {
        return new AnswerKey.ItemKey(new BigDecimal(weight), Map.of("RESPONSE", response));
    }

    static AnswerKey.ResponseKey match(BaseType type, Cardinality cardinality, String... correct) {
        return AnswerKey.ResponseKey.matchCorrect(type, cardinality, List.of(correct));
    }

    static AnswerKey.ResponseKey multipleKey() {
        return AnswerKey.ResponseKey.mapResponse(
                BaseType.IDENTIFIER,
                Cardinality.MULTIPLE,
                List.of("A", "C"),
                AnswerKey.Mapping.of(
                        new BigDecimal("-1"),
                        Optional.of(BigDecimal.ZERO),
                        Optional.of(new BigDecimal("2")),
                        List.of(entry("A", "1", true), entry("C", "1.5", true))));
    }

    static AnswerKey.ResponseKey wordKey() {
        return AnswerKey.ResponseKey.mapResponse(
                BaseType.STRING,
                Cardinality.SINGLE,
                List.of("防火墙"),
                AnswerKey.Mapping.of(
                        BigDecimal.ZERO,
                        Optional.empty(),
                        Optional.empty(),
                        List.of(entry("防火墙", "1", true), entry("Firewall", "0.5", false))));
    }

    static AnswerKey.MapEntry entry(String key, String value, boolean caseSensitive) {
        return new AnswerKey.MapEntry(key, new BigDecimal(value), caseSensitive);
    }

    static Item single() {
        return item(
                "Q1",
                "<p>下图中 <img src=\"asset:topology.png\" alt=\"拓扑图\"/> 的设备是?</p>",
                choice(Cardinality.SINGLE, true, 1, "A", "B", "C", "D"),
                "2",
                true);
    }

    static Item multiple() {
        return item(
                "Q2",
                "<p>选出全部正确项。</p>",
                choice(Cardinality.MULTIPLE, false, 3, "A", "B", "C", "D"),
                "2",
                true);
    }

    static Item trueFalse() {
        return item(
                "Q3",
                "<p>TCP 是可靠的。</p>",
                choice(Cardinality.SINGLE, false, 1, "true", "false"),
                "1",
                true);
    }

    static Item number() {
        return item(
                "Q4",
                "<p>1 ÷ 2 =</p>",
                new Interaction.TextEntry("RESPONSE", BaseType.FLOAT, 6, 20, "", ""),
                "2",
                true);
    }

    static Item word() {
        return item(
                "Q5",
                "<p>隔离内外网的设备叫</p>",
                new Interaction.TextEntry("RESPONSE", BaseType.STRING, 10, 40, "", ""),
                "2",
                true);
    }

    static Item essay() {
        return item(
                "Q6",
                "<p>论述零信任。</p>",
                new Interaction.ExtendedText("RESPONSE", Xhtml.EMPTY, 12, 3000),
                "10",
                false);
    }

    static Item item(
            String id, String html, Interaction interaction, String maximum, boolean objective) {
        return new Item(
                id,
                "",
                Xhtml.sanitised(html + Xhtml.placeholder("RESPONSE", true)).orElseThrow(),
                List.of(interaction),
                new BigDecimal(maximum),
                objective);
    }

    static Interaction.Choice choice(
            Cardinality cardinality, boolean shuffle, int maxChoices, String... ids) {
        return new Interaction.Choice(
                "RESPONSE",
                Xhtml.EMPTY,
                cardinality,
                shuffle,
                0,
                maxChoices,
                List.of(ids).stream()
                        .map(id -> new Interaction.Option(id, Xhtml.ofText("选项 " + id), false))
                        .toList());
    }
}
