package io.invigil.protocol.ledger;

import io.invigil.protocol.fact.FactRecord;

/** Receives replayed records one by one. */
@FunctionalInterface
public interface FactVisitor {

    /** Takes one record; returns whether to go on. */
    boolean visit(FactRecord record);
}
