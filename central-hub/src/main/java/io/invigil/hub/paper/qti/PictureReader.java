package io.invigil.hub.paper.qti;

import io.invigil.exam.paper.Area;
import io.invigil.exam.paper.Cardinality;
import io.invigil.exam.paper.MediaClip;
import io.invigil.exam.paper.PictureInteraction;
import io.invigil.exam.paper.PictureInteraction.Spot;
import io.invigil.exam.paper.PictureInteraction.Surface;
import io.invigil.hub.paper.qti.QtiIssue.Code;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads what is answered on a picture: hotspotInteraction, selectPointInteraction,
 * drawingInteraction. An item without response processing is marked by hand.
 */
final class PictureReader {
    private final String file;
    private final String item;
    private final boolean scored;
    private final Pictures pictures;
    private final InteractionReader reader;

    PictureReader(
            String file,
            String item,
            XmlNode.Element root,
            Pictures pictures,
            InteractionReader reader) {
        this.file = file;
        this.item = item;
        this.scored = root.first("responseProcessing").isPresent();
        this.pictures = pictures;
        this.reader = reader;
    }

    PictureInteraction hotspots(XmlNode.Element element) throws QtiRefused {
        String response = reader.response(element);
        Cardinality cardinality = choices(element, response, "identifier");
        Surface surface = surface(element);
        List<Spot> spots = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (XmlNode.Element choice : element.elements("hotspotChoice").toList()) {
            String id = choice.attribute("identifier").orElse("");
            reader.checkIdentifier(Code.ITEM_IDENTIFIER, choice.line(), id);
            if (!seen.add(id)) {
                throw refused(choice, Code.CHOICE_DUPLICATE, id);
            }
            if (spots.size() >= PictureInteraction.SPOTS_MAX) {
                throw refused(choice, Code.CHOICES_TOO_MANY, "");
            }
            String label = choice.attribute("hotspotLabel").orElse("");
            spots.add(new Spot(id, area(choice), shortened(label)));
        }
        if (spots.isEmpty()) {
            throw refused(element, Code.CHOICES_TOO_FEW, "");
        }
        int most = most(element, cardinality, spots.size());
        try {
            return new PictureInteraction.Hotspots(
                    response,
                    reader.prompt(element),
                    surface,
                    cardinality,
                    least(element, most, spots.size()),
                    most,
                    spots,
                    !scored);
        } catch (IllegalArgumentException offPicture) {
            throw refused(element, Code.AREA_MALFORMED, "" + offPicture.getMessage());
        }
    }

    PictureInteraction points(XmlNode.Element element) throws QtiRefused {
        String response = reader.response(element);
        Cardinality cardinality = choices(element, response, "point");
        int most = most(element, cardinality, PictureInteraction.POINTS_MAX);
        return new PictureInteraction.SelectPoint(
                response,
                reader.prompt(element),
                surface(element),
                cardinality,
                least(element, most, PictureInteraction.POINTS_MAX),
                most,
                !scored);
    }

    PictureInteraction drawing(XmlNode.Element element) throws QtiRefused {
        String response = reader.response(element);
        XmlNode.Element declaration = reader.declaration(element, response);
        if (reader.cardinalityOf(declaration) != Cardinality.SINGLE
                || !isType(declaration, "file")) {
            throw refused(element, Code.RESPONSE_KIND, response);
        }
        return new PictureInteraction.Drawing(response, reader.prompt(element), surface(element));
    }

    /** Sound or film with a limit of plays; what QTI counts, the node counts. */
    MediaClip media(XmlNode.Element element) throws QtiRefused {
        String response = reader.response(element);
        Optional<XmlNode.Element> object = element.first("object");
        XmlNode.Element source =
                object.or(() -> element.first("audio"))
                        .or(() -> element.first("video"))
                        .orElseThrow(() -> refused(element, Code.MEDIA_KIND, element.written()));
        String href =
                source.attribute(object.isPresent() ? "data" : "src")
                        .or(() -> source.first("source").flatMap(s -> s.attribute("src")))
                        .orElse("");
        int most = reader.number(element, "maxPlays", 0);
        if (most > MediaClip.PLAYS_MAX) {
            throw refused(element, Code.RESPONSE_KIND, "maxPlays");
        }
        Pictures.Clip clip = pictures.clip(file, item, source, href);
        return new MediaClip(response, reader.prompt(element), clip.name(), clip.video(), most);
    }

    /** An area of the picture by shape and coords. */
    Area area(XmlNode.Element element) throws QtiRefused {
        String coords = element.attribute("coords").orElse("");
        return Area.of(element.attribute("shape").orElse(""), coords)
                .orElseThrow(() -> refused(element, Code.AREA_MALFORMED, coords));
    }

    private Cardinality choices(XmlNode.Element element, String response, String type)
            throws QtiRefused {
        XmlNode.Element declaration = reader.declaration(element, response);
        Cardinality cardinality = reader.cardinalityOf(declaration);
        if (cardinality == Cardinality.ORDERED || !isType(declaration, type)) {
            throw refused(element, Code.RESPONSE_KIND, response);
        }
        return cardinality;
    }

    private static boolean isType(XmlNode.Element declaration, String type) {
        return declaration.attribute("baseType").orElse("").equals(type);
    }

    private int most(XmlNode.Element element, Cardinality cardinality, int all) throws QtiRefused {
        int declared = reader.number(element, "maxChoices", 1);
        if (cardinality == Cardinality.SINGLE) {
            if (declared > 1) {
                throw refused(element, Code.RESPONSE_KIND, "maxChoices");
            }
            return 1;
        }
        return Math.min(declared, all);
    }

    private int least(XmlNode.Element element, int most, int all) {
        return Math.min(reader.number(element, "minChoices", 0), most > 0 ? most : all);
    }

    /** The picture in the size that the coordinates speak of: declared, else its own. */
    private Surface surface(XmlNode.Element element) throws QtiRefused {
        Optional<XmlNode.Element> object = element.first("object");
        Optional<XmlNode.Element> image = object.isPresent() ? object : element.first("img");
        if (image.isEmpty()) {
            throw refused(element, Code.PICTURE_MISSING, element.written());
        }
        XmlNode.Element shown = image.get();
        String href =
                shown.attribute(object.isPresent() ? "data" : "src")
                        .orElseThrow(() -> refused(shown, Code.PICTURE_MISSING, shown.written()));
        String alt = object.isPresent() ? shown.text().strip() : shown.attribute("alt").orElse("");
        Pictures.Taken taken = pictures.taken(file, item, shown, href);
        int width = reader.number(shown, "width", 0);
        int height = reader.number(shown, "height", 0);
        boolean declared = width > 0 && height > 0;
        try {
            return new Surface(
                    taken.name(),
                    shortened(alt),
                    declared ? width : Math.toIntExact(taken.size().width()),
                    declared ? height : Math.toIntExact(taken.size().height()));
        } catch (IllegalArgumentException outOfRange) {
            throw refused(shown, Code.IMAGE_TOO_LARGE, href);
        }
    }

    private static String shortened(String text) {
        return text.length() > Surface.ALT_CHARS_MAX
                ? text.substring(0, Surface.ALT_CHARS_MAX)
                : text;
    }

    private QtiRefused refused(XmlNode.Element element, Code code, String subject) {
        return new QtiRefused(new QtiIssue(file, item, element.line(), code, subject));
    }
}
