package io.invigil.hub.intake;

/**
 * Rows of one step of an import.
 *
 * @param added rows that made something new
 * @param changed rows that changed something
 * @param unchanged rows that said what was known already
 * @param failed rows not taken
 */
public record ImportCounts(int added, int changed, int unchanged, int failed) {}
