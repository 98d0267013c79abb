package io.invigil.hub.print;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.fontbox.ttf.CmapLookup;
import org.apache.fontbox.ttf.TTFSubsetter;
import org.apache.fontbox.ttf.TrueTypeFont;
import org.apache.fontbox.util.BoundingBox;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSFloat;
import org.apache.pdfbox.cos.COSInteger;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSString;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.common.PDStream;

/**
 * One TrueType face inside one document: every character used gets the next code, and the glyphs
 * used are embedded as a subset (ISO 32000-1, sections 9.7 and 9.10). Codes follow the order of
 * use, so that widths and glyph map stay as small as the text; a batch of tickets spends its time
 * on the tickets and not on tables of 30 000 glyphs. Not thread-safe; used under the lock of {@link
 * PdfFonts}.
 */
final class PdfFace {
    private static final List<String> TABLES =
            List.of("head", "hhea", "loca", "maxp", "cvt ", "prep", "glyf", "hmtx", "fpgm", "gasp");
    private static final int SYMBOLIC = 4;

    private final TrueTypeFont font;
    private final CmapLookup characters;
    private final Map<Integer, Integer> codes = new LinkedHashMap<>();

    PdfFace(TrueTypeFont font) throws IOException {
        this.font = font;
        this.characters = font.getUnicodeCmapLookup();
    }

    boolean has(int codePoint) {
        return characters.getGlyphId(codePoint) != 0;
    }

    /** Advance in thousandths of the text size. */
    double width(int codePoint) throws IOException {
        return font.getAdvanceWidth(characters.getGlyphId(codePoint))
                * 1000.0
                / font.getUnitsPerEm();
    }

    /** The code of the character in this document's content, from 1. */
    int code(int codePoint) {
        return codes.computeIfAbsent(codePoint, c -> codes.size() + 1);
    }

    boolean isUsed() {
        return !codes.isEmpty();
    }

    /** Writes the subset; to be called once, after the last text. */
    COSDictionary embed(PDDocument document) throws IOException {
        List<Integer> used = new ArrayList<>(codes.keySet());
        String name = tag(used) + "+" + font.getName();
        Map<Integer, Integer> renumbered = new HashMap<>();
        PDStream program = subset(document, used, renumbered);
        COSDictionary descendant = new COSDictionary();
        descendant.setItem(COSName.TYPE, COSName.FONT);
        descendant.setItem(COSName.SUBTYPE, COSName.CID_FONT_TYPE2);
        descendant.setName(COSName.BASE_FONT, name);
        descendant.setItem(COSName.CIDSYSTEMINFO, systemInfo());
        descendant.setItem(COSName.FONT_DESC, descriptor(name, program));
        descendant.setInt(COSName.DW, 1000);
        descendant.setItem(COSName.W, widths(used));
        descendant.setItem(COSName.CID_TO_GID_MAP, glyphMap(document, used, renumbered));
        COSArray descendants = new COSArray();
        descendants.add(descendant);
        COSDictionary type0 = new COSDictionary();
        type0.setItem(COSName.TYPE, COSName.FONT);
        type0.setItem(COSName.SUBTYPE, COSName.TYPE0);
        type0.setName(COSName.BASE_FONT, name);
        type0.setItem(COSName.ENCODING, COSName.IDENTITY_H);
        type0.setItem(COSName.DESCENDANT_FONTS, descendants);
        type0.setItem(COSName.TO_UNICODE, toUnicode(document, used));
        return type0;
    }

    private PDStream subset(PDDocument document, List<Integer> used, Map<Integer, Integer> out)
            throws IOException {
        Set<Integer> glyphs = new HashSet<>();
        used.forEach(c -> glyphs.add(characters.getGlyphId(c)));
        TTFSubsetter subsetter = new TTFSubsetter(font, TABLES);
        subsetter.addGlyphIds(glyphs);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        subsetter.writeToStream(bytes);
        subsetter.getGIDMap().forEach((now, before) -> out.put(before, now));
        PDStream stream = stream(document, bytes.toByteArray());
        stream.getCOSObject().setInt(COSName.LENGTH1, bytes.size());
        return stream;
    }

    private static PDStream stream(PDDocument document, byte[] content) throws IOException {
        return new PDStream(document, new ByteArrayInputStream(content), COSName.FLATE_DECODE);
    }

    private static COSDictionary systemInfo() {
        COSDictionary info = new COSDictionary();
        info.setItem(COSName.REGISTRY, new COSString("Adobe"));
        info.setItem(COSName.ORDERING, new COSString("Identity"));
        info.setInt(COSName.SUPPLEMENT, 0);
        return info;
    }

    private COSDictionary descriptor(String name, PDStream program) throws IOException {
        double scale = 1000.0 / font.getUnitsPerEm();
        BoundingBox box = font.getFontBBox();
        COSDictionary descriptor = new COSDictionary();
        descriptor.setItem(COSName.TYPE, COSName.FONT_DESC);
        descriptor.setName(COSName.FONT_NAME, name);
        descriptor.setInt(COSName.FLAGS, SYMBOLIC);
        descriptor.setItem(
                COSName.FONT_BBOX,
                new PDRectangle(
                                box.getLowerLeftX(),
                                box.getLowerLeftY(),
                                box.getWidth(),
                                box.getHeight())
                        .getCOSArray());
        descriptor.setInt(COSName.ITALIC_ANGLE, 0);
        descriptor.setInt(COSName.ASCENT, (int) (font.getHorizontalHeader().getAscender() * scale));
        descriptor.setInt(
                COSName.DESCENT, (int) (font.getHorizontalHeader().getDescender() * scale));
        descriptor.setInt(COSName.CAP_HEIGHT, 733);
        descriptor.setInt(COSName.STEM_V, 80);
        descriptor.setItem(COSName.FONT_FILE2, program);
        return descriptor;
    }

    private COSArray widths(List<Integer> used) throws IOException {
        COSArray each = new COSArray();
        for (int codePoint : used) {
            each.add(new COSFloat((float) width(codePoint)));
        }
        COSArray widths = new COSArray();
        widths.add(COSInteger.ONE);
        widths.add(each);
        return widths;
    }

    private PDStream glyphMap(
            PDDocument document, List<Integer> used, Map<Integer, Integer> renumbered)
            throws IOException {
        byte[] map = new byte[2 * (used.size() + 1)];
        for (int i = 0; i < used.size(); i++) {
            int glyph = renumbered.get(characters.getGlyphId(used.get(i)));
            map[2 * i + 2] = (byte) (glyph >> 8);
            map[2 * i + 3] = (byte) glyph;
        }
        return stream(document, map);
    }

    private static PDStream toUnicode(PDDocument document, List<Integer> used) throws IOException {
        StringBuilder map = new StringBuilder();
        map.append("/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n");
        map.append("/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def\n");
        map.append("/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n");
        map.append("1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n");
        int entriesMax = 100;
        for (int from = 0; from < used.size(); from += entriesMax) {
            int to = Math.min(used.size(), from + entriesMax);
            map.append(to - from).append(" beginbfchar\n");
            for (int i = from; i < to; i++) {
                map.append(String.format(Locale.ROOT, "<%04X> <", i + 1));
                for (char unit : Character.toChars(used.get(i))) {
                    map.append(String.format(Locale.ROOT, "%04X", (int) unit));
                }
                map.append(">\n");
            }
            map.append("endbfchar\n");
        }
        map.append("endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n");
        return stream(document, map.toString().getBytes(StandardCharsets.US_ASCII));
    }

    /** Six letters that name the subset, always the same for the same characters. */
    private static String tag(List<Integer> used) {
        long hash = used.hashCode() & 0xffff_ffffL;
        StringBuilder tag = new StringBuilder();
        for (int i = 0; i < 6; i++) {
            tag.append((char) ('A' + hash % 26));
            hash /= 26;
        }
        return tag.toString();
    }
}
