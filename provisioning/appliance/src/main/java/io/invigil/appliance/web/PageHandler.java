package io.invigil.appliance.web;

/**
 * Answers one request. What goes wrong through the user's doing is a {@link Reply} (a form with
 * errors, a {@link Problem}); a thrown exception becomes a 500 problem page and a log entry.
 */
@FunctionalInterface
public interface PageHandler {
    Reply handle(Visit visit);
}
