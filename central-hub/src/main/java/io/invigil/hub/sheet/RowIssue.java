package io.invigil.hub.sheet;

/**
 * Why a row was not taken.
 *
 * @param row as Excel shows it, from 1
 * @param column header, or empty when the row as a whole is meant
 * @param code stable, its text in the message bundles under {@code issue.CODE}
 * @param detail what the text's {@code {0}} stands for, or empty
 */
public record RowIssue(int row, String column, String code, String detail) {}
