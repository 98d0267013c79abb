package io.invigil.appliance.i18n;

import java.util.Locale;
import java.util.Optional;

/** The two languages every page exists in. */
public enum Language {
    ZH_CN("zh-CN", "zh_CN", "简体中文", Locale.SIMPLIFIED_CHINESE),
    EN("en", "en", "English", Locale.ENGLISH);

    public static final int HEADER_CHARS_MAX = 1_000;

    private final String tag;
    private final String suffix;
    private final String ownName;
    private final Locale locale;

    Language(String tag, String suffix, String ownName, Locale locale) {
        this.tag = tag;
        this.suffix = suffix;
        this.ownName = ownName;
        this.locale = locale;
    }

    /** BCP 47, for the {@code lang} attribute. */
    public String tag() {
        return tag;
    }

    /** The end of a bundle's file name. */
    public String suffix() {
        return suffix;
    }

    /** The language's name in itself. */
    public String ownName() {
        return ownName;
    }

    public Locale locale() {
        return locale;
    }

    public static Optional<Language> ofTag(String tag) {
        for (Language language : values()) {
            if (language.tag.equalsIgnoreCase(tag)) {
                return Optional.of(language);
            }
        }
        return Optional.empty();
    }

    /**
     * The language that a browser asks for ({@code Accept-Language}, RFC 9110 section 12.5.4): of
     * those it names, the one of ours with the highest weight, the first among equals. Any Chinese
     * and any English count; empty when it names neither.
     *
     * @param header as sent; only its first {@link #HEADER_CHARS_MAX} characters are read
     */
    public static Optional<Language> accepted(String header) {
        String read =
                header.length() > HEADER_CHARS_MAX ? header.substring(0, HEADER_CHARS_MAX) : header;
        Optional<Language> best = Optional.empty();
        double weight = 0;
        for (String part : read.split(",")) {
            String[] pieces = part.strip().split(";", -1);
            Optional<Language> named = ofRange(pieces[0].strip().toLowerCase(Locale.ROOT));
            double asked = weight(pieces);
            if (named.isPresent() && asked > weight) {
                best = named;
                weight = asked;
            }
        }
        return best;
    }

    private static Optional<Language> ofRange(String range) {
        if (range.equals("zh") || range.startsWith("zh-")) {
            return Optional.of(ZH_CN);
        }
        return range.equals("en") || range.startsWith("en-") ? Optional.of(EN) : Optional.empty();
    }

    private static double weight(String[] pieces) {
        for (String piece : pieces) {
            String text = piece.strip();
            if (text.startsWith("q=")) {
                return text.matches("q=(0(\\.\\d{0,3})?|1(\\.0{0,3})?)")
                        ? Double.parseDouble(text.substring(2))
                        : 0;
            }
        }
        return 1;
    }
}
