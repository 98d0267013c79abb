package io.invigil.hub.sheet;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.parsers.SAXParserFactory;
import org.apache.poi.ooxml.POIXMLException;
import org.apache.poi.openxml4j.exceptions.OpenXML4JException;
import org.apache.poi.openxml4j.exceptions.OpenXML4JRuntimeException;
import org.apache.poi.openxml4j.opc.OPCPackage;
import org.apache.poi.openxml4j.util.ZipFileZipEntrySource;
import org.apache.poi.openxml4j.util.ZipSecureFile;
import org.apache.poi.xssf.eventusermodel.ReadOnlySharedStringsTable;
import org.apache.poi.xssf.eventusermodel.XSSFReader;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.XMLReader;

/**
 * Reads the first sheet of an {@code .xlsx} by events, so that memory follows the text in it and
 * not the file's structure.
 *
 * <p>Columns are found by the name in row 1, in any order; a leading star, spaces and line breaks
 * in a header do not matter. Missing required headers, unknown and doubled headers refuse the whole
 * file: a misspelt header must not silently lose a column. Columns named in {@code ignored} may be
 * there and are not read. Formulas are never evaluated.
 *
 * <p>Stateless and thread-safe. The file is only read.
 */
public final class SheetReader {
    public static final int ROWS_MAX = 100_000;
    public static final long FILE_BYTES_MAX = 20L * 1024 * 1024;
    public static final int CELL_CHARS_MAX = 500;
    public static final int COLUMNS_MAX = 64;

    private final List<SheetColumn> columns;
    private final List<String> ignored;

    /**
     * @param columns what the template has
     * @param ignored headers that may be present without being read, such as the reason column of a
     *     sheet of failed rows
     */
    public SheetReader(List<SheetColumn> columns, List<String> ignored) {
        this.columns = List.copyOf(columns);
        this.ignored = List.copyOf(ignored);
    }

    /**
     * Reads all rows into memory, or refuses the file.
     *
     * @throws IOException only when the disk fails; a damaged file is a refusal
     */
    public SheetReading read(Path file) throws IOException {
        List<SheetRow> rows = new ArrayList<>();
        Optional<SheetReading.Refused> refused = read(file, rows::add);
        return refused.isPresent() ? refused.get() : new SheetReading.Rows(rows);
    }

    /**
     * Hands each row over as it is read. When the file is refused in the end, what was handed over
     * is not to be used.
     *
     * @param taker of each non-blank data row in order; false when there is no room for more
     * @return why the file is refused; empty when all of it was read
     * @throws IOException only when the disk fails; a damaged file is a refusal
     */
    public Optional<SheetReading.Refused> read(Path file, Predicate<SheetRow> taker)
            throws IOException {
        Optional<SheetReading.Refused> refusal = WorkbookCheck.refusal(file);
        if (refusal.isPresent()) {
            return refusal;
        }
        SheetEvents events = new SheetEvents(columns, ignored, taker);
        try (OPCPackage opened = open(file)) {
            ReadOnlySharedStringsTable strings = new ReadOnlySharedStringsTable(opened, false);
            events.sharedStrings(strings);
            Iterator<InputStream> sheets = new XSSFReader(opened).getSheetsData();
            if (!sheets.hasNext()) {
                return Optional.of(new SheetReading.Refused(SheetRefusal.SHEET_NO_HEADER, ""));
            }
            try (InputStream sheet = sheets.next()) {
                XMLReader xml = reader();
                xml.setContentHandler(events);
                xml.setErrorHandler(events);
                xml.parse(new InputSource(sheet));
            }
        } catch (SheetEvents.Refusal stopped) {
            return Optional.of(stopped.refused());
        } catch (SAXException
                | OpenXML4JException
                | OpenXML4JRuntimeException
                | POIXMLException
                | IOException
                | IllegalArgumentException
                | IllegalStateException
                | IndexOutOfBoundsException damaged) {
            return Optional.of(new SheetReading.Refused(SheetRefusal.SHEET_BROKEN, ""));
        }
        return events.finish();
    }

    /** By the zip's directory only, which {@link WorkbookCheck} has judged. */
    private static OPCPackage open(Path file) throws IOException, OpenXML4JException {
        return OPCPackage.open(new ZipFileZipEntrySource(new ZipSecureFile(file.toFile())));
    }

    private static XMLReader reader() throws SAXException {
        try {
            SAXParserFactory factory = SAXParserFactory.newInstance();
            factory.setNamespaceAware(true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            factory.setFeature("http://xml.org/sax/features/external-general-entities", false);
            factory.setFeature("http://xml.org/sax/features/external-parameter-entities", false);
            return factory.newSAXParser().getXMLReader();
        } catch (ParserConfigurationException incomplete) {
            throw new IllegalStateException("the JDK's XML parser cannot be secured", incomplete);
        }
    }
}
