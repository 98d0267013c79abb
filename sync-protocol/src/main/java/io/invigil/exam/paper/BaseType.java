package io.invigil.exam.paper;

/** Type of the values of a response variable (QTI baseType). */
public enum BaseType {
    IDENTIFIER,
    STRING,
    INTEGER,
    FLOAT,

    /** Two identifiers with a blank between them: source, then target. */
    DIRECTED_PAIR
}
