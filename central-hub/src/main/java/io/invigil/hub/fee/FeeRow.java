package io.invigil.hub.fee;

/**
 * A request with the names that lists and exports show.
 *
 * @param title certificate and level
 */
public record FeeRow(FeeRequest request, String plan, String school, String body, String title) {}
