package io.invigil.hub.paper.qti;

import io.invigil.exam.paper.AnswerKey;
import io.invigil.exam.paper.Item;
import io.invigil.exam.paper.Paper;
import io.invigil.exam.paper.Xhtml;
import io.invigil.hub.paper.qti.QtiIssue.Code;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads a QTI content package (2.1, 2.2, 3.0). Every item is looked at even after one has failed,
 * so that the author gets the whole list at once. Stateless, thread-safe.
 */
public final class QtiPackages {
    static final int MARK_DECIMALS_MAX = 2;
    private static final String MANIFEST = "imsmanifest.xml";

    /**
     * Reads a package.
     *
     * @param zip the uploaded file; only read
     * @param paperId id the paper gets, see {@link Paper#id()}
     */
    public QtiResult read(Path zip, String paperId) {
        try {
            return new Reading(QtiArchive.read(zip)).read(paperId);
        } catch (QtiRefused refused) {
            return new QtiResult.Refused(List.of(refused.issue()));
        }
    }

    /** One package being read. */
    private static final class Reading {
        private final QtiArchive archive;
        private final Pictures pictures;
        private final List<QtiIssue> issues = new ArrayList<>();
        private final Map<String, QtiItem> items = new LinkedHashMap<>();
        private String version = "";

        Reading(QtiArchive archive) {
            this.archive = archive;
            this.pictures = new Pictures(archive);
        }

        QtiResult read(String paperId) throws QtiRefused {
            QtiManifest manifest = QtiManifest.read(archive, MANIFEST);
            manifest.missing().forEach(this::add);
            TestReader.Outline outline =
                    manifest.test().isPresent()
                            ? new TestReader(archive, manifest.test().get()).read()
                            : TestReader.plain(manifest.items());
            List<TestReader.Section> sections = outline.sections();
            int count = sections.stream().mapToInt(s -> s.items().size()).sum();
            if (count == 0) {
                throw new QtiRefused(QtiIssue.ofFile(MANIFEST, Code.MANIFEST_NO_ITEMS, ""));
            }
            if (count > QtiLimits.ITEMS_MAX) {
                throw new QtiRefused(QtiIssue.ofFile(MANIFEST, Code.TOO_MANY_ITEMS, "" + count));
            }
            for (TestReader.Section section : sections) {
                section.items().forEach(reference -> readItem(reference.path()));
            }
            if (!issues.isEmpty()) {
                return new QtiResult.Refused(issues);
            }
            return assemble(paperId, outline);
        }

        private void readItem(String path) {
            if (items.containsKey(path)) {
                add(QtiIssue.ofFile(path, Code.ITEM_DUPLICATE, path));
                return;
            }
            try {
                Optional<byte[]> content = archive.file(path);
                if (content.isEmpty()) {
                    throw new QtiRefused(QtiIssue.ofFile(path, Code.FILE_MISSING, path));
                }
                XmlFile.Document document = XmlFile.parse(path, content.get());
                String itemVersion = versionOf(document);
                if (!document.root().name().equals("assessmentItem") || itemVersion.isEmpty()) {
                    throw new QtiRefused(
                            QtiIssue.ofFile(
                                    path,
                                    Code.VERSION_UNSUPPORTED,
                                    document.root().written() + " " + document.namespace()));
                }
                version = itemVersion;
                QtiItem item = new ItemReader(path, document.root(), pictures).read();
                boolean taken = items.values().stream().anyMatch(i -> i.id().equals(item.id()));
                if (taken) {
                    throw new QtiRefused(
                            new QtiIssue(path, item.id(), 0, Code.ITEM_DUPLICATE, item.id()));
                }
                items.put(path, item);
            } catch (QtiRefused refused) {
                add(refused.issue());
            }
        }

        private static String versionOf(XmlFile.Document document) {
            String namespace = document.namespace();
            if (namespace.equals(XmlFile.QTI_3)) {
                return "3.0";
            }
            return XmlFile.QTI_2.contains(namespace)
                    ? namespace.substring(namespace.length() - 3).replace('p', '.')
                    : "";
        }

        private void add(QtiIssue issue) {
            if (issues.size() < QtiLimits.ISSUES_MAX) {
                issues.add(issue);
            }
        }

        private QtiResult assemble(String paperId, TestReader.Outline outline) {
            List<Paper.Section> sections = new ArrayList<>();
            Map<String, AnswerKey.ItemKey> keys = new LinkedHashMap<>();
            for (TestReader.Section section : outline.sections()) {
                if (section.items().isEmpty()) {
                    continue;
                }
                List<Item> members = new ArrayList<>();
                for (TestReader.Reference reference : section.items()) {
                    QtiItem item = items.get(reference.path());
                    try {
                        members.add(within(item.weighted(reference.weight())));
                        if (!item.key().responses().isEmpty()) {
                            keys.put(item.id(), item.weightedKey(reference.weight()));
                        }
                    } catch (IllegalArgumentException outOfRange) {
                        // the paper model's own last word, such as a maximum beyond its range
                        add(outOfRange(item, outOfRange));
                    }
                }
                sections.add(
                        new Paper.Section(
                                section.id(),
                                section.title(),
                                section.title(),
                                rubric(section),
                                section.shuffle(),
                                members));
            }
            if (!issues.isEmpty()) {
                return new QtiResult.Refused(issues);
            }
            String title = outline.title();
            Paper paper = new Paper(paperId, title, title, sections, pictures.assets());
            AnswerKey key = new AnswerKey(paperId, keys);
            List<String> problems = key.problemsWith(paper);
            if (!problems.isEmpty()) {
                throw new IllegalStateException("imported key does not fit: " + problems);
            }
            return new QtiResult.Read(paper, key, version, pictures.contents());
        }

        private static Item within(Item weighted) {
            if (weighted.maximum().scale() > MARK_DECIMALS_MAX) {
                throw new IllegalArgumentException(
                        "marks have at most two decimals: " + weighted.maximum());
            }
            return weighted;
        }

        private QtiIssue outOfRange(QtiItem item, IllegalArgumentException why) {
            return new QtiIssue(
                    item.file(), item.id(), 0, Code.ITEM_OUT_OF_RANGE, "" + why.getMessage());
        }

        private Xhtml rubric(TestReader.Section section) {
            if (section.rubric().isEmpty()) {
                return Xhtml.EMPTY;
            }
            try {
                List<XmlNode> blocks = new ArrayList<>(section.rubric());
                return new Markup(section.file(), "", new RubricSurroundings(section.file()))
                        .of(blocks, section.rubric().getFirst().line());
            } catch (QtiRefused refused) {
                add(refused.issue());
                return Xhtml.EMPTY;
            }
        }

        private final class RubricSurroundings implements Markup.Surroundings {
            private final String file;

            RubricSurroundings(String file) {
                this.file = file;
            }

            @Override
            public String picture(XmlNode.Element element, String href) throws QtiRefused {
                return pictures.take(file, "", element, href);
            }

            @Override
            public Optional<String> interaction(XmlNode.Element element) {
                return Optional.empty();
            }
        }
    }

    /** Weight of an item that the test gives none. */
    static final BigDecimal PLAIN_WEIGHT = BigDecimal.ONE;
}
