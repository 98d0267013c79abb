package io.invigil.appliance.layout;

/** A message shown once on the next page: what was done, or a warning. Text in the language. */
public record Flash(Kind kind, String text) {
    public static final int TEXT_CHARS_MAX = 500;

    public enum Kind {
        SUCCESS,
        NOTICE,
        WARNING
    }

    public Flash {
        if (text.length() > TEXT_CHARS_MAX) {
            text = text.substring(0, TEXT_CHARS_MAX);
        }
    }
}
