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
})
public sealed interface Interaction {
    int CHOICES_MAX = 60;
    int TEXT_ENTRY_CHARS_MAX = 1_000;
    int EXTENDED_TEXT_CHARS_MAX = 12_000;
    int PATTERN_CHARS_MAX = 200;

    String responseIdentifier();

    BaseType baseType();

    Cardinality cardinality();

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
            if (baseType == null || baseType == BaseType.IDENTIFIER) {
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
        public BaseType baseType() {
            return BaseType.STRING;
        }

        @Override
        public Cardinality cardinality() {
            return Cardinality.SINGLE;
        }
    }
}
