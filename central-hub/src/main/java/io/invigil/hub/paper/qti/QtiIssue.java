package io.invigil.hub.paper.qti;

import java.util.Locale;

/**
 * One reason why a package was refused.
 *
 * @param file path inside the package, or empty text for the archive itself
 * @param item identifier of the item concerned, or empty text
 * @param line line in the file from 1, or 0 when the issue is about the whole file
 * @param code stable code; its text stands in the message bundles as {@code paper.issue.<code>}
 * @param subject the element, path, value or address the text speaks of; may be empty
 */
public record QtiIssue(String file, String item, int line, Code code, String subject) {
    public static final int SUBJECT_CHARS_MAX = 200;

    public QtiIssue {
        if (subject.length() > SUBJECT_CHARS_MAX) {
            subject = subject.substring(0, SUBJECT_CHARS_MAX);
        }
    }

    /** An issue of the archive or of a whole file. */
    public static QtiIssue ofFile(String file, Code code, String subject) {
        return new QtiIssue(file, "", 0, code, subject);
    }

    /** What can be wrong with a package. */
    public enum Code {
        ZIP_UNREADABLE,
        ZIP_TOO_MANY_ENTRIES,
        ZIP_TOO_LARGE,
        ZIP_ENTRY_TOO_LARGE,
        ZIP_RATIO,
        ZIP_SIZE_LIE,
        ZIP_PATH,
        ZIP_DUPLICATE,
        XML_MALFORMED,
        XML_DTD,
        XML_TOO_DEEP,
        XML_TOO_MANY_ELEMENTS,
        XML_TOO_LARGE,
        MANIFEST_MISSING,
        MANIFEST_NO_ITEMS,
        MANIFEST_TWO_TESTS,
        FILE_MISSING,
        VERSION_UNSUPPORTED,
        TOO_MANY_ITEMS,
        ITEM_DUPLICATE,
        ITEM_IDENTIFIER,
        TEST_SECTION_UNSUPPORTED,
        ELEMENT_UNSUPPORTED,
        ITEM_BODY_MISSING,
        ITEM_OUT_OF_RANGE,
        INTERACTION_UNSUPPORTED,
        INTERACTIONS_TOO_MANY,
        INTERACTION_NESTED,
        ATTRIBUTE_REFUSED,
        RESPONSE_UNDECLARED,
        RESPONSE_KIND,
        CHOICE_DUPLICATE,
        CHOICES_TOO_FEW,
        CHOICES_TOO_MANY,
        KEY_MISSING,
        KEY_UNKNOWN_CHOICE,
        KEY_NUMBER,
        MAXIMUM_MISSING,
        WEIGHT_REFUSED,
        SCORING_UNSUPPORTED,
        IMAGE_KIND,
        IMAGE_SVG,
        IMAGE_TOO_LARGE,
        IMAGE_OUTSIDE,
        PICTURE_MISSING,
        AREA_MALFORMED,
        FILE_TYPE,
        MEDIA_KIND,
        TEXT_TOO_LONG;

        /** Key of this code's text in the message bundles. */
        public String messageKey() {
            return "paper.issue." + name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }
}
