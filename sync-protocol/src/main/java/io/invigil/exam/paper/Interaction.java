package io.invigil.exam.paper;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * One thing in an item that a candidate answers; bound to one response identifier. True/false is a
 * choice. In JSON the field {@code kind} tells them apart; a paper with an unknown kind does not
 * decode, because what cannot be shown cannot be sat.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Interaction.Choice.class, name = "choice"),
    @JsonSubTypes.Type(value = Interaction.TextEntry.class, name = "text-entry"),
    @JsonSubTypes.Type(value = Interaction.ExtendedText.class, name = "extended-text"),
    @JsonSubTypes.Type(value = Interaction.Ordering.class, name = "ordering"),
    @JsonSubTypes.Type(value = Interaction.Matching.class, name = "matching"),
    @JsonSubTypes.Type(value = PictureInteraction.Hotspots.class, name = "hotspots"),
    @JsonSubTypes.Type(value = PictureInteraction.SelectPoint.class, name = "select-point"),
    @JsonSubTypes.Type(value = PictureInteraction.Drawing.class, name = "drawing"),
    @JsonSubTypes.Type(value = FileUpload.class, name = "upload"),
    @JsonSubTypes.Type(value = MediaClip.class, name = "media"),
})
public sealed interface Interaction
        permits Interaction.Choice,
                Interaction.TextEntry,
                Interaction.ExtendedText,
                Interaction.Ordering,
                Interaction.Matching,
                PictureInteraction,
                FileUpload,
                MediaClip {
    int CHOICES_MAX = 60;
    int TEXT_ENTRY_CHARS_MAX = 1_000;
    int EXTENDED_TEXT_CHARS_MAX = 12_000;
    int PATTERN_CHARS_MAX = 200;

    /**
     * Stands in the box of a long text that was answered on paper; the teacher enters the mark
     * (source 000, step 7).
     */
    String ON_PAPER = "已线下作答";

    /** Whether the values of a response say that the answer is on paper. */
    static boolean isOnPaper(List<String> values) {
        return values.size() == 1 && values.getFirst().strip().equals(ON_PAPER);
    }

    String responseIdentifier();

    BaseType baseType();

    Cardinality cardinality();

    /** Whether it is to be answered at all. */
    default boolean asks() {
        return true;
    }

    /** Whether only a person can mark it. */
    default boolean byHand() {
        return false;
    }

    /**
     * Choose one ({@code cardinality} SINGLE) or several (MULTIPLE).
     *
     * @param shuffle whether each sitting sees its own order, see {@link PresentationOrder}
     * @param minChoices fewer are pointed out, never refused
     * @param maxChoices 0 for any number; always 1 when single
     */
    record Choice(
            String responseIdentifier,
            Xhtml prompt,
            Cardinality cardinality,
            boolean shuffle,
            int minChoices,
            int maxChoices,
            List<Option> options)
            implements Interaction {
        public Choice {
            Identifier.checked("response", responseIdentifier);
            options = List.copyOf(options);
            if (options.isEmpty() || options.size() > CHOICES_MAX) {
                throw new IllegalArgumentException("a choice has 1 to " + CHOICES_MAX + " options");
            }
            if (cardinality == Cardinality.ORDERED
                    || cardinality == Cardinality.SINGLE && maxChoices != 1
                    || maxChoices < 0
                    || minChoices < 0
                    || maxChoices > 0 && minChoices > maxChoices) {
                throw new IllegalArgumentException("choice limits contradict each other");
            }
            Set<String> seen = new HashSet<>();
            if (!options.stream().allMatch(option -> seen.add(option.id())) || prompt == null) {
                throw new IllegalArgumentException("two options have one identifier");
            }
        }

        @Override
        public Cardinality cardinality() {
            return cardinality;
        }

        @Override
        public BaseType baseType() {
            return BaseType.IDENTIFIER;
        }

        public boolean single() {
            return cardinality == Cardinality.SINGLE;
        }
    }

    /**
     * @param fixed keeps its place when the others are shuffled
     */
    record Option(String id, Xhtml html, boolean fixed) {
        public Option {
            Identifier.checked("choice", id);
            if (html == null) {
                throw new IllegalArgumentException("an option has markup");
            }
        }
    }

    /**
     * Put all options in order (QTI orderInteraction); the response holds every option once.
     *
     * @param shuffle whether each sitting begins with its own order; else that of the file
     */
    record Ordering(String responseIdentifier, Xhtml prompt, boolean shuffle, List<Option> options)
            implements Interaction {
        public Ordering {
            Identifier.checked("response", responseIdentifier);
            options = Options.checked(options);
            if (options.size() < 2 || prompt == null) {
                throw new IllegalArgumentException("an order needs two options");
            }
        }

        @Override
        public Cardinality cardinality() {
            return Cardinality.ORDERED;
        }

        @Override
        public BaseType baseType() {
            return BaseType.IDENTIFIER;
        }
    }

    /**
     * Give each source one target (QTI matchInteraction with matchMax 1 for the sources); the
     * response holds pairs {@code source target}.
     *
     * @param shuffle whether each sitting sees sources and targets in its own order
     */
    record Matching(
            String responseIdentifier,
            Xhtml prompt,
            boolean shuffle,
            List<Option> sources,
            List<Option> targets)
            implements Interaction {
        public Matching {
            Identifier.checked("response", responseIdentifier);
            sources = Options.checked(sources);
            targets = Options.checked(targets);
            if (sources.isEmpty() || targets.isEmpty() || prompt == null) {
                throw new IllegalArgumentException("matching needs sources and targets");
            }
        }

        @Override
        public Cardinality cardinality() {
            return Cardinality.MULTIPLE;
        }

        @Override
        public BaseType baseType() {
            return BaseType.DIRECTED_PAIR;
        }

        /** Whether a value names one of our sources and one of our targets. */
        public boolean isPair(String value) {
            int blank = value.indexOf(' ');
            return blank > 0
                    && has(sources, value.substring(0, blank))
                    && has(targets, value.substring(blank + 1));
        }

        /** The source of a pair. */
        public static String source(String pair) {
            return pair.substring(0, Math.max(0, pair.indexOf(' ')));
        }

        private static boolean has(List<Option> options, String id) {
            return options.stream().anyMatch(option -> option.id().equals(id));
        }
    }

    /** Limits that every list of options keeps. */
    final class Options {
        private Options() {}

        static List<Option> checked(List<Option> options) {
            Set<String> seen = new HashSet<>();
            if (options.size() > CHOICES_MAX
                    || !options.stream().allMatch(option -> seen.add(option.id()))) {
                throw new IllegalArgumentException(
                        "options: at most " + CHOICES_MAX + ", each identifier once");
            }
            return List.copyOf(options);
        }
    }

    /**
     * A short text in one line.
     *
     * @param expectedLength width in characters for the page, 0 when unknown
     * @param maxChars limit in UTF-16 units, as the page counts
     * @param pattern QTI patternMask for the page's hint, empty for none; never evaluated on a
     *     server, because a pattern from a file could run for ever
     */
    record TextEntry(
            String responseIdentifier,
            BaseType baseType,
            int expectedLength,
            int maxChars,
            String pattern,
            String placeholder)
            implements Interaction {
        public TextEntry {
            Identifier.checked("response", responseIdentifier);
            if (baseType != BaseType.STRING
                    && baseType != BaseType.INTEGER
                    && baseType != BaseType.FLOAT) {
                throw new IllegalArgumentException("a text entry is string, integer or float");
            }
            if (maxChars < 1 || maxChars > TEXT_ENTRY_CHARS_MAX || expectedLength < 0) {
                throw new IllegalArgumentException("text entry length out of range");
            }
            if (pattern.length() > PATTERN_CHARS_MAX || placeholder.length() > PATTERN_CHARS_MAX) {
                throw new IllegalArgumentException("text entry pattern too long");
            }
        }

        @Override
        public BaseType baseType() {
            return baseType;
        }

        @Override
        public Cardinality cardinality() {
            return Cardinality.SINGLE;
        }
    }

    /**
     * A long text, marked by a person.
     *
     * @param expectedLines height of the box in lines, 0 when unknown
     * @param maxChars limit in UTF-16 units, as the page counts
     */
    record ExtendedText(String responseIdentifier, Xhtml prompt, int expectedLines, int maxChars)
            implements Interaction {
        public ExtendedText {
            Identifier.checked("response", responseIdentifier);
            if (prompt == null
                    || maxChars < 1
                    || maxChars > EXTENDED_TEXT_CHARS_MAX
                    || expectedLines < 0) {
                throw new IllegalArgumentException("extended text out of range");
            }
        }

        @Override
        public boolean byHand() {
            return true;
        }

        @Override
        public BaseType baseType() {
            return BaseType.STRING;
        }

        @Override
        public Cardinality cardinality() {
            return Cardinality.SINGLE;
        }
    }
}
