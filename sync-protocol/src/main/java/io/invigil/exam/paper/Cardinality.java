package io.invigil.exam.paper;

/** How many values a response variable holds, and whether their order counts (QTI). */
public enum Cardinality {
    SINGLE,
    MULTIPLE,
    ORDERED
}
