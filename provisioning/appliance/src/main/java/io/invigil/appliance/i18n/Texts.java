package io.invigil.appliance.i18n;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Set;

/**
 * The texts of one language, and how it writes dates and numbers. Immutable and thread-safe.
 *
 * <p>A missing key is shown as the key in brackets, so that a page with a forgotten text still
 * works; tests look for it.
 */
public final class Texts {
    private final Language language;
    private final ZoneId zone;
    private final Map<String, String> texts;
    private final DateTimeFormatter date;
    private final DateTimeFormatter dateTime;
    private final DateTimeFormatter time = DateTimeFormatter.ofPattern("HH:mm");
    private final DateTimeFormatter timeSeconds = DateTimeFormatter.ofPattern("HH:mm:ss");

    Texts(Language language, ZoneId zone, Map<String, String> texts) {
        this.language = language;
        this.zone = zone;
        this.texts = Map.copyOf(texts);
        boolean chinese = language == Language.ZH_CN;
        date = pattern(chinese ? "yyyy年M月d日（EEEE）" : "EEEE, d MMMM yyyy");
        dateTime = pattern(chinese ? "yyyy年M月d日 HH:mm（EEEE）" : "EEEE, d MMMM yyyy, HH:mm");
    }

    private DateTimeFormatter pattern(String pattern) {
        return DateTimeFormatter.ofPattern(pattern, language.locale());
    }

    public Language language() {
        return language;
    }

    public Set<String> keys() {
        return texts.keySet();
    }

    public boolean has(String key) {
        return texts.containsKey(key);
    }

    /** The text with {@code {0}}, {@code {1}}… replaced; not escaped for HTML. */
    public String text(String key, Object... arguments) {
        String text = texts.getOrDefault(key, "[" + key + "]");
        if (arguments.length == 0 || text.indexOf('{') < 0) {
            return text;
        }
        StringBuilder out = new StringBuilder(text.length() + 16 * arguments.length);
        int from = 0;
        for (int open = text.indexOf('{'); open >= 0; open = text.indexOf('{', open + 1)) {
            int close = text.indexOf('}', open);
            int index = close == open + 2 ? text.charAt(open + 1) - '0' : -1;
            if (index >= 0 && index < arguments.length) {
                out.append(text, from, open).append(arguments[index]);
                from = close + 1;
            }
        }
        return out.append(text, from, text.length()).toString();
    }

    /** The text of an enum constant: key {@code prefix.NAME}. */
    public String of(String prefix, Enum<?> constant) {
        return text(prefix + "." + constant.name());
    }

    /** 2026年11月20日（星期五） or Friday, 20 November 2026. */
    public String date(LocalDate day) {
        return date.format(day);
    }

    /** 2026年11月20日（星期五） or Friday, 20 November 2026, in the server's zone. */
    public String date(Instant instant) {
        return date.format(at(instant));
    }

    /** 2026年11月20日 09:00（星期五） or Friday, 20 November 2026, 09:00. */
    public String dateTime(Instant instant) {
        return dateTime.format(at(instant));
    }

    /** 09:00. */
    public String time(Instant instant) {
        return time.format(at(instant));
    }

    /** 09:00:07. */
    public String timeWithSeconds(Instant instant) {
        return timeSeconds.format(at(instant));
    }

    /** 2026-11-20 09:00:07, for tables and exports. */
    public String stamp(Instant instant) {
        return DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").format(at(instant));
    }

    /** 1:29:05, or 29:05 below an hour. */
    public String duration(Duration duration) {
        long seconds = Math.max(0, duration.toSeconds());
        return seconds >= 3600
                ? "%d:%02d:%02d".formatted(seconds / 3600, seconds / 60 % 60, seconds % 60)
                : "%d:%02d".formatted(seconds / 60, seconds % 60);
    }

    public String number(long number) {
        return "%,d".formatted(number);
    }

    /** An amount of fen (1/100 yuan). */
    public String money(long fen) {
        return "%s¥%,d.%02d"
                .formatted(fen < 0 ? "-" : "", Math.abs(fen / 100), Math.abs(fen % 100));
    }

    public ZoneId zone() {
        return zone;
    }

    private ZonedDateTime at(Instant instant) {
        return instant.atZone(zone);
    }
}
