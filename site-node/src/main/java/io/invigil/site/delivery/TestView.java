package io.invigil.site.delivery;

import io.invigil.exam.paper.Item;
import io.invigil.exam.room.ApartReason;
import io.invigil.protocol.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The test page: every item with its controls, and what the page's script starts from.
 *
 * @param bootJson sitting, lease, answers and their revisions, time left, key, words
 */
public record TestView(ExamView exam, List<ItemEntry> items, String bootJson) {
    private static final List<String> REFUSALS =
            List.of(
                    "WRITER_ELSEWHERE",
                    "PAUSED",
                    "NOT_SIGNED_IN",
                    "REVISION_CONFLICT",
                    "ANSWER_TOO_LARGE",
                    "RESPONSE_TOO_LARGE",
                    "RESPONSE_FILE_UNKNOWN",
                    "FILE_KIND",
                    "FILE_TOO_LARGE",
                    "FILE_NOT_KEPT",
                    "FILES_EXHAUSTED",
                    "STORAGE_HALTED");
    private static final Map<String, String> WORDS =
            Map.ofEntries(
                    Map.entry("answered", "delivery.answered"),
                    Map.entry("open", "delivery.open"),
                    Map.entry("marked", "delivery.marked"),
                    Map.entry("saveIdle", "delivery.save.idle"),
                    Map.entry("saving", "delivery.save.saving"),
                    Map.entry("savedOne", "delivery.save.one"),
                    Map.entry("savedTwo", "delivery.save.two"),
                    Map.entry("saveUnreachable", "delivery.save.unreachable"),
                    Map.entry("warning", "delivery.warning"),
                    Map.entry("paused", "delivery.paused"),
                    Map.entry("timeAdded", "delivery.time.added"),
                    Map.entry("elsewhere", "delivery.elsewhere"),
                    Map.entry("message", "delivery.message"),
                    Map.entry("atCentre", "delivery.centre.yes"),
                    Map.entry("notAtCentre", "delivery.centre.not-yet"),
                    Map.entry("openItems", "delivery.hand-in.open"),
                    Map.entry("markedItems", "delivery.hand-in.marked"),
                    Map.entry("comma", "delivery.comma"),
                    Map.entry("noOutbox", "delivery.no-outbox"),
                    Map.entry("fileWithout", "delivery.emergency.without"),
                    Map.entry("leftNoted", "delivery.left.noted"),
                    Map.entry("clipboardOff", "delivery.clipboard-off"),
                    Map.entry("apartNow", "delivery.apart.now"),
                    Map.entry("endedUnreachable", "delivery.ended-unreachable"),
                    Map.entry("conflict", "delivery.conflict"),
                    Map.entry("conflicts", "delivery.conflicts"),
                    Map.entry("historyNone", "delivery.history.none"),
                    Map.entry("historyEmpty", "delivery.history.empty"),
                    Map.entry("historyUnreachable", "delivery.history.unreachable"),
                    Map.entry("savedAt", "delivery.history.saved-at"),
                    Map.entry("restore", "delivery.history.restore"));

    /**
     * @param label number shown, or a mark for a reading text
     * @param sectionTitle of the section that begins here, else empty
     */
    public record ItemEntry(
            String id,
            String label,
            String title,
            String marks,
            String sectionTitle,
            String rubricHtml,
            String html) {}

    public String text(String key, Object... arguments) {
        return exam.text(key, arguments);
    }

    static TestView of(ExamView exam, PaperView paper, Map<String, CandidateViews.Answer> answers) {
        ItemHtml html =
                new ItemHtml(
                        name -> "/api/exam/assets/" + name,
                        ItemHtml.Texts.of(key -> exam.texts().text(key)));
        List<ItemEntry> items = new ArrayList<>();
        for (PaperView.Section section : paper.sections()) {
            boolean first = true;
            for (PaperView.ItemView item : section.items()) {
                items.add(entry(exam, html, section, item, first));
                first = false;
            }
        }
        return new TestView(exam, List.copyOf(items), boot(exam, answers));
    }

    private static ItemEntry entry(
            ExamView exam,
            ItemHtml html,
            PaperView.Section section,
            PaperView.ItemView item,
            boolean first) {
        String title = title(exam, section.titleZh(), section.titleEn());
        Item shown =
                new Item(
                        item.id(),
                        item.title(),
                        item.body(),
                        item.interactions(),
                        item.maximum(),
                        false);
        return new ItemEntry(
                item.id(),
                item.number() == 0 ? "•" : String.valueOf(item.number()),
                item.title(),
                exam.text("delivery.marks", item.maximum().stripTrailingZeros().toPlainString()),
                first ? title : "",
                first ? html.rubric(section.rubric()) : "",
                html.body(shown));
    }

    private static String title(ExamView exam, String chinese, String english) {
        boolean wantsEnglish = exam.texts().language().tag().equals("en");
        String wanted = wantsEnglish ? english : chinese;
        return wanted.isEmpty() ? (wantsEnglish ? chinese : english) : wanted;
    }

    private static String boot(ExamView exam, Map<String, CandidateViews.Answer> answers) {
        Map<String, Object> boot = new LinkedHashMap<>();
        boot.put("sitting", exam.state().sitting());
        boot.put("lease", exam.state().lease());
        boot.put("remainingMillis", exam.state().remainingMillis().orElse(0L));
        boot.put("paused", exam.state().paused());
        boot.put("page", exam.state().rules().page());
        boot.put("contact", exam.state().contact());
        boot.put("outbox", exam.outbox().values());
        boot.put("answers", new TreeMap<>(answers));
        Map<String, Object> words = new TreeMap<>();
        WORDS.forEach((name, key) -> words.put(name, exam.texts().text(key)));
        Map<String, String> refused = new TreeMap<>();
        REFUSALS.forEach(code -> refused.put(code, exam.texts().text("delivery.refused." + code)));
        refused.put("other", exam.texts().text("delivery.refused.other"));
        words.put("refused", refused);
        words.put("apart", named(exam, "delivery.apart.", ApartReason.values()));
        words.put(
                "note",
                Map.of(
                        "kept", exam.text("delivery.note.kept"),
                        "waiting", exam.text("delivery.note.waiting"),
                        "full", exam.text("delivery.note.full")));
        words.put(
                "standing",
                Map.of(
                        "waiting", exam.text("delivery.standing.waiting"),
                        "conflict", exam.text("delivery.standing.conflict"),
                        "refused", exam.text("delivery.standing.refused")));
        boot.put("texts", words);
        return new String(Json.write(boot), StandardCharsets.UTF_8);
    }

    private static Map<String, String> named(ExamView exam, String prefix, Enum<?>[] values) {
        Map<String, String> texts = new TreeMap<>();
        for (Enum<?> value : values) {
            texts.put(value.name(), exam.text(prefix + value.name()));
        }
        return texts;
    }
}
