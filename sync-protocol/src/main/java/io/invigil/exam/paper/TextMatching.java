package io.invigil.exam.paper;

import java.text.Normalizer;

/** How typed text is made comparable before a key is applied; the key is treated the same way. */
public enum TextMatching {
    /** Code point for code point, as QTI says to the letter. */
    EXACT,
    /**
     * NFC; white space at both ends removed (also U+3000 and U+00A0), each run inside one space:
     * what a keyboard adds unseen does not count.
     */
    TYPED,
    /** As TYPED after NFKC: full-width letters, digits and signs equal the half-width ones. */
    WIDTH_FOLDED;

    /** The comparable form of a text. */
    public String comparable(String text) {
        return switch (this) {
            case EXACT -> text;
            case TYPED -> collapsed(Normalizer.normalize(text, Normalizer.Form.NFC));
            case WIDTH_FOLDED -> collapsed(Normalizer.normalize(text, Normalizer.Form.NFKC));
        };
    }

    private static String collapsed(String text) {
        var out = new StringBuilder(text.length());
        boolean space = false;
        for (int i = 0; i < text.length(); ) {
            int point = text.codePointAt(i);
            i += Character.charCount(point);
            if (Character.isWhitespace(point) || Character.isSpaceChar(point)) {
                space = !out.isEmpty();
            } else {
                if (space) {
                    out.append(' ');
                }
                space = false;
                out.appendCodePoint(point);
            }
        }
        return out.toString();
    }
}
