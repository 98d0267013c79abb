package io.invigil.hub.paper.qti;

import io.invigil.hub.paper.qti.QtiIssue.Code;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What {@code imsmanifest.xml} lists.
 *
 * @param test path of the only test, if the package has one
 * @param items paths of the items in the manifest's order
 * @param missing an issue for every listed file that the package lacks
 */
record QtiManifest(Optional<String> test, List<String> items, List<QtiIssue> missing) {

    static QtiManifest read(QtiArchive archive, String path) throws QtiRefused {
        byte[] xml =
                archive.file(path)
                        .orElseThrow(
                                () ->
                                        new QtiRefused(
                                                QtiIssue.ofFile(
                                                        path, Code.MANIFEST_MISSING, path)));
        XmlNode.Element root = XmlFile.parse(path, xml).root();
        List<String> tests = new ArrayList<>();
        List<String> items = new ArrayList<>();
        List<QtiIssue> missing = new ArrayList<>();
        List<XmlNode.Element> resources =
                root.elements("resources").flatMap(e -> e.elements("resource")).toList();
        for (XmlNode.Element resource : resources) {
            String type = resource.attribute("type").orElse("");
            for (XmlNode.Element file : resource.elements("file").toList()) {
                require(archive, path, file, missing);
            }
            boolean isTest = type.startsWith("imsqti_test");
            if (isTest || type.startsWith("imsqti_item")) {
                require(archive, path, resource, missing).ifPresent((isTest ? tests : items)::add);
            }
        }
        if (tests.size() > 1) {
            throw new QtiRefused(QtiIssue.ofFile(path, Code.MANIFEST_TWO_TESTS, tests.get(1)));
        }
        return new QtiManifest(tests.stream().findFirst(), items, missing);
    }

    private static Optional<String> require(
            QtiArchive archive, String manifest, XmlNode.Element element, List<QtiIssue> missing) {
        String href = element.attribute("href").orElse("");
        Optional<String> found =
                QtiArchive.resolve(manifest, href).filter(p -> archive.file(p).isPresent());
        boolean known = missing.stream().anyMatch(issue -> issue.subject().equals(href));
        if (found.isEmpty() && !known && missing.size() < QtiLimits.ISSUES_MAX) {
            missing.add(new QtiIssue(manifest, "", element.line(), Code.FILE_MISSING, href));
        }
        return found;
    }
}
