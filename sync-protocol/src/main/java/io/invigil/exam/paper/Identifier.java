package io.invigil.exam.paper;

import java.util.regex.Pattern;

/** Rules for names inside a paper. */
final class Identifier {
    static final int CHARS_MAX = 64;
    private static final Pattern FORM = Pattern.compile("[\\p{L}\\p{N}_][\\p{L}\\p{N}_.\\-]{0,63}");
    private static final Pattern ASSET = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.\\-]{0,79}");

    private Identifier() {}

    static boolean isValid(String value) {
        return FORM.matcher(value).matches();
    }

    static boolean isAssetName(String value) {
        return ASSET.matcher(value).matches() && !value.contains("..");
    }

    static String checked(String what, String value) {
        if (!isValid(value)) {
            throw new IllegalArgumentException("not an identifier of a " + what);
        }
        return value;
    }
}
