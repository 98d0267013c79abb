package io.invigil.hub.print;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashSet;
import java.util.Set;
import org.apache.fontbox.ttf.CmapLookup;
import org.apache.fontbox.ttf.TTFParser;
import org.apache.fontbox.ttf.TrueTypeFont;
import org.apache.pdfbox.io.RandomAccessReadBuffer;
import org.apache.pdfbox.pdmodel.PDDocument;

/**
 * Noto Sans SC, regular and bold, parsed once (about 0.4 s) at first use. A parsed font reads from
 * one position, so all use of it goes through this object's lock: one document at a time.
 */
public final class PdfFonts {
    private static final String REGULAR = "/fonts/ttf/NotoSansSC/NotoSansSC-Regular.ttf";
    private static final String BOLD = "/fonts/ttf/NotoSansSC/NotoSansSC-Bold.ttf";

    private final SpareFonts spare;
    private boolean loaded;
    private TrueTypeFont regular;
    private TrueTypeFont bold;

    /** Only the font that comes with the program. */
    public PdfFonts() {
        this(SpareFonts.none());
    }

    /**
     * @param spare asked for characters that the font lacks
     */
    public PdfFonts(SpareFonts spare) {
        this.spare = spare;
    }

    /** Both faces inside one document, and where else to look. */
    record Faces(PdfFace regular, PdfFace bold, SpareFonts spare) {}

    /** Draws a whole document while holding the fonts. */
    @FunctionalInterface
    interface Drawing {
        byte[] draw(PDDocument document, Faces faces) throws IOException;
    }

    /**
     * The characters of a text that cannot be printed, in order of appearance; empty when all can.
     * Call it before printing: a document cannot be drawn with a missing glyph.
     */
    public synchronized Set<String> missing(String text) {
        load();
        Set<String> missing = new LinkedHashSet<>();
        try {
            CmapLookup first = regular.getUnicodeCmapLookup();
            CmapLookup second = bold.getUnicodeCmapLookup();
            text.codePoints()
                    .filter(c -> !Character.isISOControl(c))
                    .filter(c -> first.getGlyphId(c) == 0 || second.getGlyphId(c) == 0)
                    .filter(c -> spare.outline(c).isEmpty())
                    .forEach(c -> missing.add(Character.toString(c)));
        } catch (IOException broken) {
            throw new UncheckedIOException("the font cannot be read", broken);
        }
        return missing;
    }

    /** Runs a drawing with both faces. */
    synchronized byte[] draw(Drawing drawing) {
        load();
        try (PDDocument document = new PDDocument()) {
            return drawing.draw(
                    document, new Faces(new PdfFace(regular), new PdfFace(bold), spare));
        } catch (IOException broken) {
            throw new UncheckedIOException("a document could not be written", broken);
        }
    }

    private void load() {
        if (!loaded) {
            regular = parse(REGULAR);
            bold = parse(BOLD);
            loaded = true;
        }
    }

    private static TrueTypeFont parse(String resource) {
        try (InputStream in = PdfFonts.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("font missing on the class path: " + resource);
            }
            // one array: a view of a chunked buffer, made for every subset, copies each chunk
            return new TTFParser().parse(new RandomAccessReadBuffer(in.readAllBytes()));
        } catch (IOException broken) {
            throw new UncheckedIOException("font not readable: " + resource, broken);
        }
    }
}
