package io.invigil.appliance.web;

import java.util.List;

/**
 * Why a request was not carried out: a problem page for people, RFC 9457 problem+json for programs.
 *
 * @param status HTTP status
 * @param code stable upper-case name; texts {@code problem.<code>} (title) and, if there is one,
 *     {@code problem.<code>.detail} in the bundles
 * @param arguments for both texts; they reach the client
 */
public record Problem(int status, String code, List<Object> arguments) {
    public Problem {
        arguments = List.copyOf(arguments);
        if (status < 400 || status > 599 || !code.matches("[A-Z][A-Z0-9_]{1,60}")) {
            throw new IllegalArgumentException("not a problem: " + status + " " + code);
        }
    }

    public static Problem of(int status, String code, Object... arguments) {
        return new Problem(status, code, List.of(arguments));
    }

    /** For a refusal by an enum whose name is the code. */
    public static Problem of(int status, Enum<?> code, Object... arguments) {
        return new Problem(status, code.name(), List.of(arguments));
    }

    public static Problem notFound() {
        return of(404, "NOT_FOUND");
    }

    public static Problem forbidden() {
        return of(403, "FORBIDDEN");
    }

    public static Problem badRequest() {
        return of(400, "BAD_REQUEST");
    }
}
