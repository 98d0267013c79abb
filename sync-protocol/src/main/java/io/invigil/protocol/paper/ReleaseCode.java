package io.invigil.protocol.paper;

import io.invigil.protocol.crypto.Entropy;
import io.invigil.protocol.crypto.KeyDerivation;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The code read out by phone or from a sealed envelope: 24 random digits (79.7 bits) in six groups
 * of four, each with a Damm check digit, so 30 are typed. A slip is found in its group before any
 * key is tried. Never printed by {@code toString}.
 */
public final class ReleaseCode {
    public static final int GROUPS = 6;
    public static final int DIGITS_PER_GROUP = 4;
    private static final int TYPED_PER_GROUP = DIGITS_PER_GROUP + 1;
    private static final int TYPED_CHARS_MAX = 200;

    /** Quasigroup of order 10 by H. M. Damm (2004), totally anti-symmetric. */
    private static final int[][] DAMM = {
        {0, 3, 1, 7, 5, 9, 8, 6, 4, 2},
        {7, 0, 9, 2, 1, 5, 4, 8, 6, 3},
        {4, 2, 0, 6, 8, 7, 1, 3, 5, 9},
        {1, 7, 5, 0, 9, 8, 3, 4, 2, 6},
        {6, 1, 2, 3, 0, 4, 5, 9, 7, 8},
        {3, 6, 7, 4, 2, 0, 9, 5, 8, 1},
        {5, 8, 6, 9, 7, 2, 0, 1, 3, 4},
        {8, 9, 4, 5, 3, 6, 2, 0, 1, 7},
        {9, 4, 3, 8, 6, 1, 7, 2, 0, 5},
        {2, 5, 8, 1, 4, 3, 6, 7, 9, 0},
    };

    private final String digits;

    private ReleaseCode(String digits) {
        this.digits = digits;
    }

    /** What a person typed. */
    public sealed interface Typed {
        record Complete(ReleaseCode code) implements Typed {}

        /** Groups whose check digit does not fit, counted from 1. Not a try. */
        record WrongGroups(List<Integer> groups) implements Typed {}

        /**
         * Too few or too many digits, or something that is no digit. Not a try.
         *
         * @param digits how many there were
         */
        record WrongLength(int digits) implements Typed {}
    }

    /** A new code; each digit is equally likely. */
    public static ReleaseCode random(Entropy entropy) {
        var digits = new StringBuilder();
        while (digits.length() < GROUPS * DIGITS_PER_GROUP) {
            int value = entropy.bytes(1)[0] & 0xff;
            if (value < 250) {
                digits.append(value % 10);
            }
        }
        return new ReleaseCode(digits.toString());
    }

    /**
     * The code that follows from a key shared by who makes and who checks it, each digit equally
     * likely.
     *
     * @param info what the code is about, so that it is good for nothing else
     */
    public static ReleaseCode derived(byte[] key, String info) {
        var digits = new StringBuilder();
        for (int block = 0; digits.length() < GROUPS * DIGITS_PER_GROUP; block++) {
            for (byte each : KeyDerivation.hkdf(key, new byte[0], info + "\n" + block, 32)) {
                int value = each & 0xff;
                if (value < 250 && digits.length() < GROUPS * DIGITS_PER_GROUP) {
                    digits.append(value % 10);
                }
            }
        }
        return new ReleaseCode(digits.toString());
    }

    /** Reads what was typed; spaces, hyphens and full-width digits are fine. */
    public static Typed parse(String typed) {
        var digits = new StringBuilder();
        boolean foreign = typed.length() > TYPED_CHARS_MAX;
        for (int i = 0; i < typed.length() && !foreign; i++) {
            char c = typed.charAt(i);
            int digit = Character.digit(c, 10);
            if (digit >= 0) {
                digits.append(digit);
            } else if (!Character.isWhitespace(c) && c != '-' && c != '\u3000') {
                foreign = true;
            }
        }
        if (foreign || digits.length() != GROUPS * TYPED_PER_GROUP) {
            return new Typed.WrongLength(digits.length());
        }
        List<Integer> wrong = new ArrayList<>();
        var payload = new StringBuilder();
        for (int group = 0; group < GROUPS; group++) {
            int from = group * TYPED_PER_GROUP;
            if (damm(digits.substring(from, from + TYPED_PER_GROUP)) != 0) {
                wrong.add(group + 1);
            }
            payload.append(digits, from, from + DIGITS_PER_GROUP);
        }
        return wrong.isEmpty()
                ? new Typed.Complete(new ReleaseCode(payload.toString()))
                : new Typed.WrongGroups(List.copyOf(wrong));
    }

    /** Six groups of five digits, to be printed or read out. */
    public String text() {
        var out = new StringBuilder();
        for (int group = 0; group < GROUPS; group++) {
            int from = group * DIGITS_PER_GROUP;
            String four = digits.substring(from, from + DIGITS_PER_GROUP);
            out.append(group == 0 ? "" : " ").append(four).append(damm(four));
        }
        return out.toString();
    }

    /**
     * Three groups, for one of two officials; neither half says anything of the other.
     *
     * @param half 1 or 2
     */
    public String half(int half) {
        if (half != 1 && half != 2) {
            throw new IllegalArgumentException("a code has two halves");
        }
        String text = text();
        int middle = text.length() / 2;
        return half == 1 ? text.substring(0, middle) : text.substring(middle + 1);
    }

    /** Whether this was typed as that half, in constant time for its content. */
    public boolean isHalf(int half, String typed) {
        String given = typed.length() > TYPED_CHARS_MAX ? "" : typed.replaceAll("[\\s\u3000-]", "");
        return MessageDigest.isEqual(
                half(half).replace(" ", "").getBytes(StandardCharsets.UTF_8),
                given.getBytes(StandardCharsets.UTF_8));
    }

    /** The 24 digits without check digits, from which the key is derived. */
    String payload() {
        return digits;
    }

    private static int damm(String digits) {
        int interim = 0;
        for (int i = 0; i < digits.length(); i++) {
            interim = DAMM[interim][digits.charAt(i) - '0'];
        }
        return interim;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ReleaseCode that
                && MessageDigest.isEqual(
                        digits.getBytes(java.nio.charset.StandardCharsets.US_ASCII),
                        that.digits.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(digits.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    }

    @Override
    public String toString() {
        return "ReleaseCode[hidden]";
    }
}
