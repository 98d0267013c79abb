package io.invigil.hub.print;

import java.awt.geom.AffineTransform;
import java.awt.geom.GeneralPath;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.fontbox.ttf.CmapLookup;
import org.apache.fontbox.ttf.OTFParser;
import org.apache.fontbox.ttf.OpenTypeFont;
import org.apache.fontbox.ttf.TTFParser;
import org.apache.fontbox.ttf.TrueTypeCollection;
import org.apache.fontbox.ttf.TrueTypeFont;
import org.apache.pdfbox.io.RandomAccessReadBufferedFile;

/**
 * Fonts installed on this machine, asked for single characters that the printing font lacks, such
 * as 𠮷 (domain, "Everyone": rare characters survive printing). Only outlines are taken from them,
 * so TrueType and OpenType files of any licence of embedding serve alike. Families are asked in a
 * fixed order, and within one the files by name, so that a document is the same on every run. Files
 * are opened at the first character that needs them. Used under the lock of {@link PdfFonts}.
 */
public final class SpareFonts {
    /** Font files looked at. */
    public static final int FILES_MAX = 5_000;

    private static final int DEPTH_MAX = 6;
    private static final List<String> FAMILIES =
            List.of(
                    "lxgwwenkai",
                    "notosanscjk",
                    "sourcehansans",
                    "notoserifcjk",
                    "simsunb",
                    "hanamin");

    private final List<Path> directories;
    private final Map<Integer, Optional<Outline>> known = new HashMap<>();
    private final List<TrueTypeFont> opened = new ArrayList<>();
    private List<Path> waiting = List.of();
    private boolean searched;

    /**
     * @param directories searched with everything below them; those that do not exist are passed
     *     over
     */
    public SpareFonts(List<Path> directories) {
        this.directories = List.copyOf(directories);
    }

    /** The usual places of Linux, Windows and macOS. */
    public static SpareFonts ofSystem() {
        return new SpareFonts(
                List.of(
                        Path.of("/usr/share/fonts"),
                        Path.of("/usr/local/share/fonts"),
                        Path.of("C:\\Windows\\Fonts"),
                        Path.of("/Library/Fonts")));
    }

    /** No second choice. */
    public static SpareFonts none() {
        return new SpareFonts(List.of());
    }

    /**
     * A character's shape.
     *
     * @param path in thousandths of the text size, base line at 0, up is positive
     * @param width advance in the same unit
     */
    record Outline(GeneralPath path, double width) {}

    /** The shape of the first font that has the character. */
    Optional<Outline> outline(int codePoint) {
        return known.computeIfAbsent(codePoint, this::search);
    }

    private Optional<Outline> search(int codePoint) {
        if (!searched) {
            waiting = files();
            searched = true;
        }
        try {
            for (TrueTypeFont font : opened) {
                Optional<Outline> found = outline(font, codePoint);
                if (found.isPresent()) {
                    return found;
                }
            }
            while (!waiting.isEmpty()) {
                Path next = waiting.get(0);
                waiting = waiting.subList(1, waiting.size());
                Optional<TrueTypeFont> font = open(next);
                if (font.isPresent()) {
                    opened.add(font.get());
                    Optional<Outline> found = outline(font.get(), codePoint);
                    if (found.isPresent()) {
                        return found;
                    }
                }
            }
        } catch (IOException broken) {
            throw new UncheckedIOException("an installed font cannot be read", broken);
        }
        return Optional.empty();
    }

    private static Optional<Outline> outline(TrueTypeFont font, int codePoint) throws IOException {
        CmapLookup characters = font.getUnicodeCmapLookup();
        int glyph = characters.getGlyphId(codePoint);
        if (glyph == 0) {
            return Optional.empty();
        }
        GeneralPath path =
                font instanceof OpenTypeFont open && open.isPostScript()
                        ? open.getCFF().getFont().getType2CharString(glyph).getPath()
                        : font.getGlyph().getGlyph(glyph).getPath();
        double scale = 1000.0 / font.getUnitsPerEm();
        GeneralPath scaled = new GeneralPath(path);
        scaled.transform(AffineTransform.getScaleInstance(scale, scale));
        return Optional.of(new Outline(scaled, font.getAdvanceWidth(glyph) * scale));
    }

    private List<Path> files() {
        List<Path> all = new ArrayList<>();
        for (Path directory : directories) {
            if (Files.isDirectory(directory)) {
                try (Stream<Path> found = Files.walk(directory, DEPTH_MAX)) {
                    found.filter(file -> rank(file) < FAMILIES.size())
                            .limit(FILES_MAX)
                            .forEach(all::add);
                } catch (IOException broken) {
                    throw new UncheckedIOException("fonts cannot be listed", broken);
                }
            }
        }
        all.sort(
                java.util.Comparator.comparingInt(SpareFonts::rank)
                        .thenComparing(SpareFonts::bold)
                        .thenComparing(Path::toString));
        return all;
    }

    private static int rank(Path file) {
        String name = plain(file);
        boolean readable = name.matches(".*\\.(ttf|otf|ttc|otc)");
        for (int i = 0; readable && i < FAMILIES.size(); i++) {
            if (name.startsWith(FAMILIES.get(i))) {
                return i;
            }
        }
        return FAMILIES.size();
    }

    private static boolean bold(Path file) {
        return !plain(file).contains("regular");
    }

    private static String plain(Path file) {
        return file.getFileName().toString().toLowerCase(Locale.ROOT).replaceAll("[-_ ]", "");
    }

    /** The font of a file; of a collection the simplified Chinese one, else the first. */
    private static Optional<TrueTypeFont> open(Path file) {
        String name = plain(file);
        try {
            if (name.endsWith(".ttc") || name.endsWith(".otc")) {
                List<TrueTypeFont> all = new ArrayList<>();
                new TrueTypeCollection(file.toFile()).processAllFonts(all::add);
                for (TrueTypeFont one : all) {
                    if (one.getName().toLowerCase(Locale.ROOT).contains("cjksc")) {
                        return Optional.of(one);
                    }
                }
                return all.stream().findFirst();
            }
            RandomAccessReadBufferedFile bytes = new RandomAccessReadBufferedFile(file);
            return Optional.of(
                    name.endsWith(".otf")
                            ? new OTFParser().parse(bytes)
                            : new TTFParser().parse(bytes));
        } catch (IOException damaged) {
            // someone's broken font file is no reason not to print with the next one
            return Optional.empty();
        }
    }
}
