package io.invigil.hub.paper.qti;

import io.invigil.exam.file.FileKind;
import io.invigil.exam.file.FileValue;
import io.invigil.exam.paper.BaseType;
import io.invigil.exam.paper.Cardinality;
import io.invigil.exam.paper.FileUpload;
import io.invigil.exam.paper.Interaction;
import io.invigil.exam.paper.Xhtml;
import io.invigil.hub.paper.qti.QtiIssue.Code;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads the kinds of interaction that a paper may hold. */
final class InteractionReader {
    static final int TEXT_ENTRY_CHARS = 200;
    private static final Pattern IDENTIFIER =
            Pattern.compile("[\\p{L}\\p{N}_][\\p{L}\\p{N}_.\\-]{0,63}");
    private static final int LENGTH_MAX = 200;
    private static final int LINES_MAX = 60;

    private final String file;
    private final String item;
    private final XmlNode.Element root;
    private final Markup markup;

    InteractionReader(String file, String item, XmlNode.Element root, Markup markup) {
        this.file = file;
        this.item = item;
        this.root = root;
        this.markup = markup;
    }

    Interaction choice(XmlNode.Element element) throws QtiRefused {
        String response = response(element);
        XmlNode.Element declaration = declaration(element, response);
        Cardinality cardinality = cardinalityOf(declaration);
        boolean fits =
                cardinality != Cardinality.ORDERED
                        && declaration.attribute("baseType").orElse("").equals("identifier");
        int most = number(element, "maxChoices", cardinality == Cardinality.SINGLE ? 1 : 0);
        if (!fits || (cardinality == Cardinality.SINGLE && most > 1)) {
            throw refused(element.line(), Code.RESPONSE_KIND, response);
        }
        List<Interaction.Option> options = options(element, "simpleChoice", 2);
        int least = Math.min(number(element, "minChoices", 0), options.size());
        most = cardinality == Cardinality.SINGLE ? 1 : Math.min(most, options.size());
        return new Interaction.Choice(
                response,
                prompt(element),
                cardinality,
                shuffles(element),
                most > 0 ? Math.min(least, most) : least,
                most,
                options);
    }

    Interaction ordering(XmlNode.Element element) throws QtiRefused {
        String response = response(element);
        XmlNode.Element declaration = declaration(element, response);
        List<Interaction.Option> options = options(element, "simpleChoice", 2);
        // ordering some of the options only is another task: the page always orders all
        boolean all =
                element.attribute("minChoices").isEmpty()
                        && element.attribute("maxChoices").isEmpty();
        if (cardinalityOf(declaration) != Cardinality.ORDERED
                || baseTypeOf(declaration, response) != BaseType.IDENTIFIER
                || !all) {
            throw refused(element.line(), Code.RESPONSE_KIND, response);
        }
        return new Interaction.Ordering(response, prompt(element), shuffles(element), options);
    }

    Interaction matching(XmlNode.Element element) throws QtiRefused {
        String response = response(element);
        XmlNode.Element declaration = declaration(element, response);
        List<XmlNode.Element> sets = element.elements("simpleMatchSet").toList();
        if (sets.size() != 2
                || cardinalityOf(declaration) != Cardinality.MULTIPLE
                || baseTypeOf(declaration, response) != BaseType.DIRECTED_PAIR) {
            throw refused(element.line(), Code.RESPONSE_KIND, response);
        }
        for (XmlNode.Element source : sets.getFirst().elements("simpleAssociableChoice").toList()) {
            // the page gives each source one target
            if (number(source, "matchMax", 0) != 1) {
                throw refused(source.line(), Code.RESPONSE_KIND, "matchMax");
            }
        }
        List<Interaction.Option> sources = options(sets.getFirst(), "simpleAssociableChoice", 1);
        List<Interaction.Option> targets = options(sets.getLast(), "simpleAssociableChoice", 2);
        for (XmlNode.Element target : sets.getLast().elements("simpleAssociableChoice").toList()) {
            int most = number(target, "matchMax", 0);
            if (most != 0 && most < sources.size() && most != 1) {
                throw refused(target.line(), Code.RESPONSE_KIND, "matchMax");
            }
        }
        return new Interaction.Matching(
                response, prompt(element), shuffles(element), sources, targets);
    }

    private static boolean shuffles(XmlNode.Element element) {
        return element.attribute("shuffle").orElse("false").equals("true");
    }

    private List<Interaction.Option> options(XmlNode.Element element, String name, int least)
            throws QtiRefused {
        List<Interaction.Option> options = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (XmlNode.Element choice : element.elements(name).toList()) {
            String id = choice.attribute("identifier").orElse("");
            checkIdentifier(Code.ITEM_IDENTIFIER, choice.line(), id);
            if (!seen.add(id)) {
                throw refused(choice.line(), Code.CHOICE_DUPLICATE, id);
            }
            if (options.size() >= QtiLimits.CHOICES_MAX) {
                throw refused(choice.line(), Code.CHOICES_TOO_MANY, "");
            }
            boolean fixed = choice.attribute("fixed").orElse("false").equals("true");
            options.add(new Interaction.Option(id, markup.inner(choice), fixed));
        }
        if (options.size() < least) {
            throw refused(element.line(), Code.CHOICES_TOO_FEW, "");
        }
        return options;
    }

    Interaction textEntry(XmlNode.Element element) throws QtiRefused {
        String response = response(element);
        XmlNode.Element declaration = declaration(element, response);
        BaseType type = baseTypeOf(declaration, response);
        if (cardinalityOf(declaration) != Cardinality.SINGLE
                || type == BaseType.IDENTIFIER
                || type == BaseType.DIRECTED_PAIR) {
            throw refused(element.line(), Code.RESPONSE_KIND, response);
        }
        return new Interaction.TextEntry(
                response,
                type,
                Math.min(number(element, "expectedLength", 0), LENGTH_MAX),
                TEXT_ENTRY_CHARS,
                "",
                shortened(element.attribute("placeholderText").orElse("")));
    }

    Interaction extendedText(XmlNode.Element element) throws QtiRefused {
        String response = response(element);
        XmlNode.Element declaration = declaration(element, response);
        BaseType type = baseTypeOf(declaration, response);
        if (cardinalityOf(declaration) != Cardinality.SINGLE || type != BaseType.STRING) {
            throw refused(element.line(), Code.RESPONSE_KIND, response);
        }
        if (element.attribute("format").orElse("plain").equals("xhtml")) {
            throw refused(element.line(), Code.RESPONSE_KIND, "format=xhtml");
        }
        return new Interaction.ExtendedText(
                response,
                prompt(element),
                Math.min(number(element, "expectedLines", 0), LINES_MAX),
                Interaction.EXTENDED_TEXT_CHARS_MAX);
    }

    /**
     * Files: media types from {@code type}, all kinds without one; how many and how large from
     * {@code data-max-files} and {@code data-max-kilobytes}, which QTI leaves to extensions.
     */
    FileUpload upload(XmlNode.Element element) throws QtiRefused {
        String response = response(element);
        XmlNode.Element declaration = declaration(element, response);
        Cardinality cardinality = cardinalityOf(declaration);
        if (!declaration.attribute("baseType").orElse("").equals("file")
                || cardinality == Cardinality.ORDERED) {
            throw refused(element.line(), Code.RESPONSE_KIND, response);
        }
        Set<FileKind> kinds = EnumSet.noneOf(FileKind.class);
        for (String type : element.attribute("type").orElse("*/*").split("[\\s,]+")) {
            List<FileKind> meant =
                    Arrays.stream(FileKind.values()).filter(k -> k.isAskedBy(type)).toList();
            if (meant.isEmpty()) {
                throw refused(element.line(), Code.FILE_TYPE, type);
            }
            kinds.addAll(meant);
        }
        int most = cardinality == Cardinality.SINGLE ? 1 : FileUpload.FILES_MAX;
        int files = Math.min(number(element, "data-max-files", most), most);
        long bytes = 1024L * number(element, "data-max-kilobytes", FileValue.BYTES_MAX / 1024);
        if (files < 1 || bytes < 1) {
            throw refused(element.line(), Code.RESPONSE_KIND, "data-max");
        }
        return new FileUpload(
                response, prompt(element), kinds, Math.min(bytes, FileValue.BYTES_MAX), files);
    }

    Xhtml prompt(XmlNode.Element element) throws QtiRefused {
        Optional<XmlNode.Element> prompt = element.first("prompt");
        return prompt.isPresent() ? markup.inner(prompt.get()) : Xhtml.EMPTY;
    }

    String response(XmlNode.Element element) throws QtiRefused {
        String response = element.attribute("responseIdentifier").orElse("");
        checkIdentifier(Code.ITEM_IDENTIFIER, element.line(), response);
        return response;
    }

    XmlNode.Element declaration(XmlNode.Element element, String response) throws QtiRefused {
        return root.elements("responseDeclaration")
                .filter(e -> e.attribute("identifier").orElse("").equals(response))
                .findFirst()
                .orElseThrow(() -> refused(element.line(), Code.RESPONSE_UNDECLARED, response));
    }

    Cardinality cardinalityOf(XmlNode.Element declaration) throws QtiRefused {
        return switch (declaration.attribute("cardinality").orElse("")) {
            case "single" -> Cardinality.SINGLE;
            case "multiple" -> Cardinality.MULTIPLE;
            case "ordered" -> Cardinality.ORDERED;
            default ->
                    throw refused(
                            declaration.line(),
                            Code.RESPONSE_KIND,
                            declaration.attribute("cardinality").orElse(""));
        };
    }

    private BaseType baseTypeOf(XmlNode.Element declaration, String response) throws QtiRefused {
        return switch (declaration.attribute("baseType").orElse("").toLowerCase(Locale.ROOT)) {
            case "identifier" -> BaseType.IDENTIFIER;
            case "string" -> BaseType.STRING;
            case "integer" -> BaseType.INTEGER;
            case "float" -> BaseType.FLOAT;
            case "directedpair" -> BaseType.DIRECTED_PAIR;
            default -> throw refused(declaration.line(), Code.RESPONSE_KIND, response);
        };
    }

    int number(XmlNode.Element element, String attribute, int otherwise) {
        return element.attribute(attribute)
                .filter(text -> text.matches("[0-9]{1,6}"))
                .map(Integer::parseInt)
                .orElse(otherwise);
    }

    private static String shortened(String text) {
        return text.length() > Interaction.PATTERN_CHARS_MAX
                ? text.substring(0, Interaction.PATTERN_CHARS_MAX)
                : text;
    }

    void checkIdentifier(Code code, int line, String identifier) throws QtiRefused {
        if (!IDENTIFIER.matcher(identifier).matches()) {
            throw refused(line, code, identifier);
        }
    }

    private QtiRefused refused(int line, Code code, String subject) {
        return new QtiRefused(new QtiIssue(file, item, line, code, subject));
    }
}
