package io.invigil.hub.paper.qti;

import io.invigil.exam.paper.Item;
import io.invigil.exam.paper.Paper;
import io.invigil.hub.paper.qti.QtiIssue.Code;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads the assessment test: parts and sections become sections in reading order, references become
 * items with their weight. What would let candidates see different papers (selection, branches,
 * conditions) is refused; shuffling is kept. Time limits are the subject's business and not read.
 */
final class TestReader {
    private static final Set<String> REFUSED =
            Set.of(
                    "selection",
                    "preCondition",
                    "branchRule",
                    "assessmentSectionRef",
                    "templateDefault");
    private static final String SECTION_ID = "section";

    private final QtiArchive archive;
    private final String file;
    private final List<Section> sections = new ArrayList<>();

    TestReader(QtiArchive archive, String file) {
        this.archive = archive;
        this.file = file;
    }

    record Outline(String title, List<Section> sections) {}

    /**
     * @param file the test's path, to which the rubric's pictures are relative
     */
    record Section(
            String file,
            String id,
            String title,
            boolean shuffle,
            List<XmlNode.Element> rubric,
            List<Reference> items) {}

    record Reference(String path, BigDecimal weight) {}

    /** The outline of a package without a test: its items in the manifest's order. */
    static Outline plain(List<String> items) {
        List<Reference> references =
                items.stream().map(p -> new Reference(p, QtiPackages.PLAIN_WEIGHT)).toList();
        return new Outline(
                "", List.of(new Section("", SECTION_ID, "", false, List.of(), references)));
    }

    Outline read() throws QtiRefused {
        byte[] xml =
                archive.file(file)
                        .orElseThrow(
                                () ->
                                        new QtiRefused(
                                                QtiIssue.ofFile(file, Code.FILE_MISSING, file)));
        XmlFile.Document document = XmlFile.parse(file, xml);
        XmlNode.Element root = document.root();
        boolean known =
                document.namespace().equals(XmlFile.QTI_3)
                        || XmlFile.QTI_2.contains(document.namespace());
        if (!root.name().equals("assessmentTest") || !known) {
            throw new QtiRefused(
                    QtiIssue.ofFile(
                            file,
                            Code.VERSION_UNSUPPORTED,
                            root.written() + " " + document.namespace()));
        }
        Optional<XmlNode.Element> refused = root.firstDeep(e -> REFUSED.contains(e.name()));
        if (refused.isPresent()) {
            throw refused(refused.get(), Code.TEST_SECTION_UNSUPPORTED, refused.get().written());
        }
        for (XmlNode.Element part : root.elements("testPart").toList()) {
            for (XmlNode.Element section : part.elements("assessmentSection").toList()) {
                readSection(section, false);
            }
        }
        return new Outline(shortened(root.attribute("title").orElse("")), List.copyOf(sections));
    }

    private void readSection(XmlNode.Element element, boolean inherited) throws QtiRefused {
        boolean shuffle =
                inherited
                        || element.first("ordering")
                                .flatMap(e -> e.attribute("shuffle"))
                                .orElse("false")
                                .equals("true");
        List<Reference> items = new ArrayList<>();
        for (XmlNode.Element reference : element.elements("assessmentItemRef").toList()) {
            String href = reference.attribute("href").orElse("");
            String path =
                    QtiArchive.resolve(file, href)
                            .orElseThrow(() -> refused(reference, Code.FILE_MISSING, href));
            items.add(new Reference(path, weight(reference)));
        }
        if (!items.isEmpty()) {
            if (sections.size() >= Paper.SECTIONS_MAX) {
                throw refused(element, Code.TEST_SECTION_UNSUPPORTED, element.written());
            }
            sections.add(
                    new Section(
                            file,
                            SECTION_ID + (sections.size() + 1),
                            shortened(element.attribute("title").orElse("")),
                            shuffle,
                            element.elements("rubricBlock").toList(),
                            items));
        }
        for (XmlNode.Element inner : element.elements("assessmentSection").toList()) {
            readSection(inner, shuffle);
        }
    }

    private BigDecimal weight(XmlNode.Element reference) throws QtiRefused {
        List<XmlNode.Element> weights = reference.elements("weight").toList();
        if (weights.isEmpty()) {
            return QtiPackages.PLAIN_WEIGHT;
        }
        String value = weights.getFirst().attribute("value").orElse("");
        if (weights.size() > 1 || !value.matches("[0-9]{1,4}(\\.[0-9]{1,4})?")) {
            throw refused(weights.getFirst(), Code.WEIGHT_REFUSED, value);
        }
        return new BigDecimal(value);
    }

    private static String shortened(String title) {
        return title.length() > Item.TITLE_CHARS_MAX
                ? title.substring(0, Item.TITLE_CHARS_MAX)
                : title;
    }

    private QtiRefused refused(XmlNode.Element element, Code code, String subject) {
        return new QtiRefused(new QtiIssue(file, "", element.line(), code, subject));
    }
}
