package io.invigil.hub.secondfactor;

import io.invigil.protocol.crypto.Digest;
import io.invigil.protocol.crypto.Entropy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Codes for who has lost the phone, each for one login. 16 letters out of 32 are 80 random bits, so
 * that a plain digest keeps them.
 */
final class RecoveryCodes {
    static final int COUNT = 10;
    static final int CHARS = 16;

    /** Readable aloud: no 0, o, 1, l; 32 of them, so that every byte gives a letter evenly. */
    private static final String LETTERS = "abcdefghijkmnpqrstuvwxyz23456789";

    private RecoveryCodes() {}

    /** Fresh ones, as people write them: four groups of four. */
    static List<String> fresh(Entropy entropy) {
        List<String> codes = new ArrayList<>();
        for (int i = 0; i < COUNT; i++) {
            StringBuilder code = new StringBuilder();
            for (byte one : entropy.bytes(CHARS)) {
                if (!code.isEmpty() && code.length() % 5 == 4) {
                    code.append('-');
                }
                code.append(LETTERS.charAt(one & 31));
            }
            codes.add(code.toString());
        }
        return codes;
    }

    /** As typed, without spaces and dashes. */
    static String plain(String entered) {
        return entered.replaceAll("[\\s-]", "").toLowerCase(Locale.ROOT);
    }

    static String digest(long tenant, long account, String code) {
        String text = "invigil recovery code " + tenant + "/" + account + " " + plain(code);
        return Digest.sha256(text.getBytes(StandardCharsets.UTF_8)).hex();
    }
}
