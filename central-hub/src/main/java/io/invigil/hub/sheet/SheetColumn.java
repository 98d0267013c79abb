package io.invigil.hub.sheet;

/**
 * A column of a template.
 *
 * @param name the header, without the star of required columns
 * @param required whether the header must be present; whether a cell may be blank is the reader's
 *     matter
 * @param widthChars column width in the written sheet, in characters
 */
public record SheetColumn(String name, boolean required, int widthChars) {

    /** The header as written: required columns carry a star. */
    public String header() {
        return required ? "*" + name : name;
    }
}
