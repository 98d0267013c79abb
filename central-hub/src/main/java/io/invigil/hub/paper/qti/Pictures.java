package io.invigil.hub.paper.qti;

import io.invigil.exam.paper.Paper;
import io.invigil.hub.paper.qti.QtiIssue.Code;
import io.invigil.protocol.crypto.Digest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The pictures of a package, each taken once and named by its content. Kind and size are told from
 * the bytes before anything would decode them.
 */
final class Pictures {
    private static final int NAME_HEX_DIGITS = 24;

    private final QtiArchive archive;
    private final Map<String, Paper.Asset> assets = new LinkedHashMap<>();
    private final Map<String, byte[]> contents = new LinkedHashMap<>();

    Pictures(QtiArchive archive) {
        this.archive = archive;
    }

    List<Paper.Asset> assets() {
        return new ArrayList<>(assets.values());
    }

    /** Asset name to bytes. */
    Map<String, byte[]> contents() {
        return new LinkedHashMap<>(contents);
    }

    /**
     * Takes a picture.
     *
     * @param from file that refers to it
     * @param href relative reference
     * @return its address inside a paper, {@code asset:NAME}
     */
    String take(String from, String item, XmlNode.Element element, String href) throws QtiRefused {
        return "asset:" + taken(from, item, element, href).name();
    }

    /**
     * A picture of the paper.
     *
     * @param size of the picture itself
     */
    record Taken(String name, ImageKind.Size size) {}

    /** Takes a picture, see {@link #take}. */
    Taken taken(String from, String item, XmlNode.Element element, String href) throws QtiRefused {
        Optional<String> path = QtiArchive.resolve(from, href);
        if (path.isEmpty()) {
            throw refused(from, item, element, Code.IMAGE_OUTSIDE, href);
        }
        Optional<byte[]> content = archive.file(path.get());
        if (content.isEmpty()) {
            throw refused(from, item, element, Code.FILE_MISSING, path.get());
        }
        byte[] image = content.get();
        Optional<ImageKind> kind = ImageKind.of(image);
        if (kind.isEmpty()) {
            Code code = ImageKind.isSvg(image) ? Code.IMAGE_SVG : Code.IMAGE_KIND;
            throw refused(from, item, element, code, path.get());
        }
        Optional<ImageKind.Size> size = kind.get().size(image);
        if (size.isEmpty()) {
            throw refused(from, item, element, Code.IMAGE_KIND, path.get());
        }
        if (image.length > QtiLimits.IMAGE_BYTES_MAX
                || size.get().pixels() > QtiLimits.IMAGE_PIXELS_MAX) {
            throw refused(from, item, element, Code.IMAGE_TOO_LARGE, path.get());
        }
        String sha256 = Digest.sha256(image).hex();
        String name = sha256.substring(0, NAME_HEX_DIGITS);
        assets.putIfAbsent(
                name, new Paper.Asset(name, sha256, kind.get().mediaType(), image.length));
        contents.putIfAbsent(name, image);
        return new Taken(name, size.get());
    }

    /** A sound or film of the paper. */
    record Clip(String name, boolean video) {}

    /** Takes a sound or film, see {@link #take}. */
    Clip clip(String from, String item, XmlNode.Element element, String href) throws QtiRefused {
        Optional<String> path = QtiArchive.resolve(from, href);
        if (path.isEmpty()) {
            throw refused(from, item, element, Code.IMAGE_OUTSIDE, href);
        }
        Optional<byte[]> content = archive.file(path.get());
        if (content.isEmpty()) {
            throw refused(from, item, element, Code.FILE_MISSING, path.get());
        }
        byte[] clip = content.get();
        Optional<MediaKind> kind = MediaKind.of(clip);
        if (kind.isEmpty() || clip.length > QtiLimits.MEDIA_BYTES_MAX) {
            throw refused(from, item, element, Code.MEDIA_KIND, path.get());
        }
        String sha256 = Digest.sha256(clip).hex();
        String name = sha256.substring(0, NAME_HEX_DIGITS);
        assets.putIfAbsent(
                name, new Paper.Asset(name, sha256, kind.get().mediaType(), clip.length));
        contents.putIfAbsent(name, clip);
        return new Clip(name, kind.get().video());
    }

    private static QtiRefused refused(
            String from, String item, XmlNode.Element element, Code code, String subject) {
        return new QtiRefused(new QtiIssue(from, item, element.line(), code, subject));
    }
}
