package io.invigil.site.print;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.apache.fontbox.ttf.TTFParser;
import org.apache.fontbox.ttf.TrueTypeFont;
import org.apache.pdfbox.io.RandomAccessReadBuffer;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.font.PDType0Font;

/** Noto Sans SC, parsed at first use; one document at a time, because the font is one reader. */
public final class RoomFonts {
    private static final String REGULAR = "/fonts/ttf/NotoSansSC/NotoSansSC-Regular.ttf";
    private static final String MISSING = "\u3013";

    private TrueTypeFont font;

    /** Draws a whole document. */
    interface Drawing {
        byte[] draw(PDDocument document, PDType0Font font) throws IOException;
    }

    synchronized byte[] draw(Drawing drawing) {
        try (PDDocument document = new PDDocument()) {
            return drawing.draw(document, PDType0Font.load(document, font(), true));
        } catch (IOException broken) {
            throw new UncheckedIOException("a document could not be written", broken);
        }
    }

    /**
     * The text with the geta mark 〓 for what the font lacks, as printers did; the sheet names those
     * characters below.
     */
    synchronized String printable(String text) {
        StringBuilder out = new StringBuilder();
        text.codePoints().forEach(c -> out.append(has(c) ? Character.toString(c) : MISSING));
        return out.toString();
    }

    synchronized boolean has(int codePoint) {
        try {
            return codePoint >= ' ' && font().getUnicodeCmapLookup().getGlyphId(codePoint) != 0;
        } catch (IOException broken) {
            throw new UncheckedIOException("the font cannot be read", broken);
        }
    }

    private TrueTypeFont font() throws IOException {
        if (font == null) {
            try (InputStream in = RoomFonts.class.getResourceAsStream(REGULAR)) {
                if (in == null) {
                    throw new IllegalStateException("font missing on the class path: " + REGULAR);
                }
                font = new TTFParser().parse(new RandomAccessReadBuffer(in));
            }
        }
        return font;
    }
}
