package io.invigil.hub.paper.qti;

import io.invigil.exam.paper.AnswerKey;
import io.invigil.exam.paper.AnswerKey.ResponseKey;
import io.invigil.exam.paper.Interaction;
import io.invigil.exam.paper.Xhtml;
import io.invigil.hub.paper.qti.QtiIssue.Code;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads one item file: body, interactions, key, maximum. One instance per item. */
final class ItemReader {
    private final String file;
    private final String item;
    private final Pictures pictures;
    private final XmlNode.Element root;
    private final Markup plain;
    private final InteractionReader reader;
    private final PictureReader onPictures;
    private final Map<String, Interaction> interactions = new LinkedHashMap<>();
    private final Map<String, Integer> lines = new LinkedHashMap<>();

    ItemReader(String file, XmlNode.Element root, Pictures pictures) {
        this.file = file;
        this.item = root.attribute("identifier").orElse("");
        this.root = root;
        this.pictures = pictures;
        this.plain = new Markup(file, item, new InsideInteraction());
        this.reader = new InteractionReader(file, item, root, plain);
        this.onPictures = new PictureReader(file, item, root, pictures, reader);
    }

    /** Markup inside a prompt or choice: pictures yes, interactions no. */
    private final class InsideInteraction implements Markup.Surroundings {
        @Override
        public String picture(XmlNode.Element element, String href) throws QtiRefused {
            return pictures.take(file, item, element, href);
        }

        @Override
        public Optional<String> interaction(XmlNode.Element element) throws QtiRefused {
            if (element.name().endsWith("Interaction")) {
                throw refused(element.line(), Code.INTERACTION_NESTED, element.written());
            }
            return Optional.empty();
        }
    }

    private final class InsideBody implements Markup.Surroundings {
        @Override
        public String picture(XmlNode.Element element, String href) throws QtiRefused {
            return pictures.take(file, item, element, href);
        }

        @Override
        public Optional<String> interaction(XmlNode.Element element) throws QtiRefused {
            return place(element);
        }
    }

    /**
     * Reads the item.
     *
     * @throws QtiRefused at its first issue
     */
    QtiItem read() throws QtiRefused {
        reader.checkIdentifier(Code.ITEM_IDENTIFIER, root.line(), item);
        refuseDynamic();
        XmlNode.Element bodyElement =
                root.first("itemBody")
                        .orElseThrow(() -> refused(root.line(), Code.ITEM_BODY_MISSING, ""));
        Xhtml body = new Markup(file, item, new InsideBody()).inner(bodyElement);
        KeyReader.Key key = new KeyReader(file, item, root, interactions, lines, onPictures).read();
        BigDecimal objective =
                key.responses().values().stream()
                        .map(ResponseKey::maximum)
                        .reduce(BigDecimal.ZERO, BigDecimal::add)
                        .multiply(key.points());
        boolean written = interactions.values().stream().anyMatch(Interaction::byHand);
        BigDecimal maximum = written ? writtenMaximum(objective) : objective;
        String title = root.attribute("title").orElse("");
        return new QtiItem(
                file,
                item,
                title.length() > QtiItem.TITLE_CHARS_MAX
                        ? title.substring(0, QtiItem.TITLE_CHARS_MAX)
                        : title,
                body,
                new ArrayList<>(interactions.values()),
                maximum,
                !written,
                new AnswerKey.ItemKey(key.points(), key.responses()));
    }

    private void refuseDynamic() throws QtiRefused {
        for (String name : List.of("templateDeclaration", "templateProcessing")) {
            Optional<XmlNode.Element> dynamic = root.first(name);
            if (dynamic.isPresent()) {
                throw refused(
                        dynamic.get().line(), Code.ELEMENT_UNSUPPORTED, dynamic.get().written());
            }
        }
        if (root.attribute("adaptive").orElse("false").equals("true")) {
            throw refused(root.line(), Code.ELEMENT_UNSUPPORTED, "adaptive");
        }
    }

    private Optional<String> place(XmlNode.Element element) throws QtiRefused {
        if (!element.name().endsWith("Interaction")) {
            return Optional.empty();
        }
        Interaction interaction =
                switch (element.name()) {
                    case "choiceInteraction" -> reader.choice(element);
                    case "textEntryInteraction" -> reader.textEntry(element);
                    case "extendedTextInteraction" -> reader.extendedText(element);
                    case "orderInteraction" -> reader.ordering(element);
                    case "matchInteraction" -> reader.matching(element);
                    case "hotspotInteraction" -> onPictures.hotspots(element);
                    case "selectPointInteraction" -> onPictures.points(element);
                    case "drawingInteraction" -> onPictures.drawing(element);
                    case "mediaInteraction" -> onPictures.media(element);
                    case "uploadInteraction" -> reader.upload(element);
                    default ->
                            throw refused(
                                    element.line(),
                                    Code.INTERACTION_UNSUPPORTED,
                                    element.written());
                };
        String response = interaction.responseIdentifier();
        if (interactions.putIfAbsent(response, interaction) != null) {
            throw refused(element.line(), Code.RESPONSE_KIND, response);
        }
        if (interactions.size() > QtiLimits.INTERACTIONS_PER_ITEM_MAX) {
            throw refused(element.line(), Code.INTERACTIONS_TOO_MANY, "");
        }
        lines.put(response, element.line());
        boolean block = !(interaction instanceof Interaction.TextEntry);
        return Optional.of(Xhtml.placeholder(response, block));
    }

    /** What a person may give at most: MAXSCORE's default, or the normal maximum of SCORE. */
    private BigDecimal writtenMaximum(BigDecimal objective) throws QtiRefused {
        Optional<String> declared =
                outcome("MAXSCORE")
                        .flatMap(e -> e.first("defaultValue"))
                        .flatMap(e -> e.first("value"))
                        .map(e -> e.text().strip())
                        .or(() -> outcome("SCORE").flatMap(e -> e.attribute("normalMaximum")));
        BigDecimal maximum =
                declared.filter(text -> text.matches("[0-9]{1,4}(\\.[0-9]{1,2})?0*"))
                        .map(BigDecimal::new)
                        .orElse(BigDecimal.ZERO);
        if (maximum.signum() == 0 || maximum.compareTo(objective) < 0) {
            throw refused(root.line(), Code.MAXIMUM_MISSING, item);
        }
        return maximum;
    }

    private Optional<XmlNode.Element> outcome(String identifier) {
        return root.elements("outcomeDeclaration")
                .filter(e -> e.attribute("identifier").orElse("").equals(identifier))
                .findFirst();
    }

    private QtiRefused refused(int line, Code code, String subject) {
        return new QtiRefused(new QtiIssue(file, item, line, code, subject));
    }
}
