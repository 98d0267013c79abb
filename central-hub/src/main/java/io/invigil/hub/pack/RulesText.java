package io.invigil.hub.pack;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The rules that candidates read before they start, as HTML in both languages. */
public record RulesText(String zh, String en) {

    /** The rules that come with the program. */
    public static RulesText standard() {
        return new RulesText(read("rules_zh_CN.html"), read("rules_en.html"));
    }

    private static String read(String name) {
        try (InputStream in = RulesText.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is not in the program");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
