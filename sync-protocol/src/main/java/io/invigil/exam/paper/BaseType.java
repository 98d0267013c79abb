package io.invigil.exam.paper;

/** Type of the values of a response variable (QTI baseType). */
public enum BaseType {
    IDENTIFIER,
    STRING,
    INTEGER,
    FLOAT,

    /** Two identifiers with a blank between them: source, then target. */
    DIRECTED_PAIR,

    /** Two whole numbers with a blank between them: x, then y. Its keys are areas. */
    POINT,

    /** Points {@code x,y} with blanks between them; never keyed. */
    STROKE,

    /** A file as {@link io.invigil.exam.file.FileValue} writes it; never keyed. */
    FILE
}
