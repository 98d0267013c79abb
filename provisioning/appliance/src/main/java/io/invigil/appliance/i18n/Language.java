package io.invigil.appliance.i18n;

import java.util.Locale;
import java.util.Optional;

/** The two languages every page exists in. */
public enum Language {
    ZH_CN("zh-CN", "zh_CN", "简体中文", Locale.SIMPLIFIED_CHINESE),
    EN("en", "en", "English", Locale.ENGLISH);

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
}
