package io.invigil.hub.print;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.GregorianCalendar;
import java.util.List;
import java.util.TimeZone;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDDocumentInformation;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.common.PDRectangle;

/**
 * A document of A4 pages being drawn. The same content, title and time give the same bytes, so a
 * certificate printed twice is one file.
 */
public final class PdfSheet {
    public static final int PAGES_MAX = 2_000;

    private final PDDocument document;
    private final PdfFonts.Faces faces;
    private final List<PdfCanvas> pages = new ArrayList<>();

    private PdfSheet(PDDocument document, PdfFonts.Faces faces) {
        this.document = document;
        this.faces = faces;
    }

    /** Draws the content of a document page by page. */
    @FunctionalInterface
    public interface Content {
        void draw(PdfSheet sheet) throws IOException;
    }

    /**
     * Draws a document.
     *
     * @param title shown by readers, also fixes the document's id
     * @param time creation time written into the document
     * @return the PDF
     */
    public static byte[] of(PdfFonts fonts, String title, Instant time, Content content) {
        return fonts.draw(
                (document, faces) -> {
                    describe(document, title, time);
                    PdfSheet sheet = new PdfSheet(document, faces);
                    content.draw(sheet);
                    sheet.end();
                    ByteArrayOutputStream out = new ByteArrayOutputStream();
                    document.save(out);
                    return out.toByteArray();
                });
    }

    private static void describe(PDDocument document, String title, Instant time) {
        GregorianCalendar calendar = new GregorianCalendar(TimeZone.getTimeZone(ZoneOffset.UTC));
        calendar.setTimeInMillis(time.toEpochMilli());
        PDDocumentInformation information = new PDDocumentInformation();
        information.setTitle(title);
        information.setProducer("Invigil");
        information.setCreationDate(calendar);
        information.setModificationDate(calendar);
        document.setDocumentInformation(information);
        document.setDocumentId(((long) title.hashCode() << 32) ^ time.toEpochMilli());
        document.getDocumentCatalog().setLanguage("zh-CN");
    }

    private void end() throws IOException {
        COSDictionary fonts = new COSDictionary();
        if (faces.regular().isUsed()) {
            fonts.setItem(PdfCanvas.REGULAR, faces.regular().embed(document));
        }
        if (faces.bold().isUsed()) {
            fonts.setItem(PdfCanvas.BOLD, faces.bold().embed(document));
        }
        for (PdfCanvas page : pages) {
            page.end(fonts);
        }
    }

    /** Begins a new A4 page in portrait. */
    public PdfCanvas page() throws IOException {
        if (pages.size() >= PAGES_MAX) {
            throw new IllegalStateException("a document has at most " + PAGES_MAX + " pages");
        }
        PDPage page = new PDPage(PDRectangle.A4);
        document.addPage(page);
        PdfCanvas canvas = new PdfCanvas(document, page, faces);
        pages.add(canvas);
        return canvas;
    }
}
