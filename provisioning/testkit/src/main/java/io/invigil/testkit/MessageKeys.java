package io.invigil.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.appliance.i18n.I18n;
import io.invigil.appliance.i18n.Language;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Checks message bundles: both languages complete, arguments equal, nothing in templates missing.
 */
public final class MessageKeys {
    private static final Pattern ARGUMENT = Pattern.compile("\\{\\d}");
    private static final Pattern USED =
            Pattern.compile("\\btext\\(\"([a-zA-Z0-9_-]+\\.[a-zA-Z0-9_.-]+)\"\\s*[,)]");

    private MessageKeys() {}

    /** Fails unless both languages of the features have the same keys with the same arguments. */
    public static void assertComplete(ClassLoader loader, String... features) {
        for (String feature : features) {
            Map<String, String> chinese = I18n.read(loader, feature, Language.ZH_CN);
            Map<String, String> english = I18n.read(loader, feature, Language.EN);
            assertThat(new TreeSet<>(chinese.keySet()))
                    .as("keys of " + feature)
                    .isEqualTo(new TreeSet<>(english.keySet()));
            chinese.forEach(
                    (key, text) -> {
                        assertThat(text).as(key).isNotBlank();
                        assertThat(english.get(key)).as(key).isNotBlank();
                        assertThat(arguments(english.get(key)))
                                .as("arguments of " + key)
                                .isEqualTo(arguments(text));
                    });
        }
    }

    private static TreeSet<String> arguments(String text) {
        TreeSet<String> arguments = new TreeSet<>();
        Matcher matcher = ARGUMENT.matcher(text);
        while (matcher.find()) {
            arguments.add(matcher.group());
        }
        return arguments;
    }

    /**
     * Fails unless every key written out in the sources below the folder ({@code text("…")})
     * exists. Keys put together at run time and keys without a dot are not seen.
     */
    public static void assertUsedKeysExist(ClassLoader loader, Path folder, String... features)
            throws IOException {
        TreeSet<String> known = new TreeSet<>();
        for (String feature : features) {
            known.addAll(I18n.read(loader, feature, Language.ZH_CN).keySet());
        }
        known.addAll(I18n.read(loader, "appliance", Language.ZH_CN).keySet());
        TreeSet<String> missing = new TreeSet<>();
        try (var files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String name = file.getFileName().toString();
                if (name.endsWith(".jte")
                        || name.endsWith(".java") && !name.equals("package-info.java")) {
                    Matcher matcher = USED.matcher(Files.readString(file));
                    while (matcher.find()) {
                        if (!known.contains(matcher.group(1))) {
                            missing.add(matcher.group(1) + " in " + file);
                        }
                    }
                }
            }
        }
        assertThat(missing).as("keys that are in no bundle").isEmpty();
    }
}
