package io.invigil.appliance.i18n;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeSet;

/** All texts of one server, loaded at the start. Immutable and thread-safe. */
public final class I18n {
    private final Map<Language, Texts> texts;

    private I18n(Map<Language, Texts> texts) {
        this.texts = texts;
    }

    /**
     * Loads the bundles of the features; those of the appliance itself come with them.
     *
     * @param zone where the server stands, for dates and times on pages
     * @throws MessagesIncomplete when a bundle is missing, a key is in one language only or twice
     */
    public static I18n load(ClassLoader loader, ZoneId zone, List<String> features) {
        Map<Language, Texts> texts = new EnumMap<>(Language.class);
        TreeSet<String> all = new TreeSet<>(features);
        all.add("appliance");
        for (Language language : Language.values()) {
            Map<String, String> merged = new HashMap<>();
            for (String feature : all) {
                read(loader, feature, language)
                        .forEach(
                                (key, text) -> {
                                    if (merged.putIfAbsent(key, text) != null) {
                                        throw new MessagesIncomplete(
                                                "key " + key + " of " + feature + " exists twice");
                                    }
                                });
            }
            texts.put(language, new Texts(language, zone, merged));
        }
        var chinese = new TreeSet<>(texts.get(Language.ZH_CN).keys());
        var english = new TreeSet<>(texts.get(Language.EN).keys());
        if (!chinese.equals(english)) {
            TreeSet<String> odd = new TreeSet<>(chinese);
            odd.removeAll(english);
            english.removeAll(chinese);
            odd.addAll(english);
            throw new MessagesIncomplete("keys in one language only: " + odd);
        }
        return new I18n(texts);
    }

    public Texts texts(Language language) {
        return texts.get(language);
    }

    /** The raw texts of one bundle. */
    public static Map<String, String> read(ClassLoader loader, String feature, Language language) {
        String name = "messages/" + feature + "_" + language.suffix() + ".properties";
        try (InputStream in = loader.getResourceAsStream(name)) {
            if (in == null) {
                throw new MessagesIncomplete("no resource " + name);
            }
            Properties properties = new UniqueProperties(name);
            properties.load(new InputStreamReader(in, StandardCharsets.UTF_8));
            Map<String, String> texts = new HashMap<>();
            properties.forEach((key, text) -> texts.put((String) key, (String) text));
            return texts;
        } catch (IOException unreadable) {
            throw new UncheckedIOException("cannot read " + name, unreadable);
        }
    }

    private static final class UniqueProperties extends Properties {
        private static final long serialVersionUID = 1L;

        private final transient String file;

        UniqueProperties(String file) {
            this.file = file;
        }

        @Override
        public synchronized Object put(Object key, Object value) {
            if (containsKey(key)) {
                throw new MessagesIncomplete("key " + key + " is twice in " + file);
            }
            return super.put(key, value);
        }
    }
}
