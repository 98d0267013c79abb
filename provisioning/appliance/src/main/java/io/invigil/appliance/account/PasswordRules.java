package io.invigil.appliance.account;

import java.util.Locale;
import java.util.Optional;

/** What a chosen password must be: long enough and not guessable from the account. */
public final class PasswordRules {
    public static final int CHARS_MIN = 10;

    private PasswordRules() {}

    public enum Refusal {
        PASSWORD_TOO_SHORT,
        PASSWORD_TOO_LONG,
        PASSWORD_GUESSABLE
    }

    /** Empty when the password may be used. */
    public static Optional<Refusal> check(String password, String login, String name) {
        if (password.codePointCount(0, password.length()) < CHARS_MIN) {
            return Optional.of(Refusal.PASSWORD_TOO_SHORT);
        }
        if (password.length() > PasswordHash.PASSWORD_CHARS_MAX) {
            return Optional.of(Refusal.PASSWORD_TOO_LONG);
        }
        String lower = password.toLowerCase(Locale.ROOT);
        boolean repeats = lower.chars().distinct().count() < 5;
        boolean own =
                contains(lower, login.toLowerCase(Locale.ROOT))
                        || contains(lower, name.toLowerCase(Locale.ROOT));
        return repeats || own || isRun(lower)
                ? Optional.of(Refusal.PASSWORD_GUESSABLE)
                : Optional.empty();
    }

    private static boolean contains(String password, String word) {
        return word.length() >= 3 && password.contains(word);
    }

    /** 1234567890, abcdefghij and the like, forwards or backwards. */
    private static boolean isRun(String text) {
        int up = 0;
        int down = 0;
        for (int i = 1; i < text.length(); i++) {
            up += text.charAt(i) - text.charAt(i - 1) == 1 ? 1 : 0;
            down += text.charAt(i - 1) - text.charAt(i) == 1 ? 1 : 0;
        }
        return Math.max(up, down) >= text.length() - 3;
    }
}
