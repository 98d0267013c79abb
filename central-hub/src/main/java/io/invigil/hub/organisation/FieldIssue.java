package io.invigil.hub.organisation;

/**
 * Why one entered value, or the request as a whole, is refused.
 *
 * @param field name of the form field, or empty when no single field is at fault
 * @param code stable; its text is in the message bundles under {@code issue.CODE}
 * @param detail what the text's {@code {0}} stands for, or empty
 */
public record FieldIssue(String field, String code, String detail) {

    public static FieldIssue of(String field, Enum<?> code) {
        return new FieldIssue(field, code.name(), "");
    }

    public static FieldIssue of(String field, Enum<?> code, String detail) {
        return new FieldIssue(field, code.name(), detail);
    }
}
