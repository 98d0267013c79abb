package io.invigil.appliance.web;

import io.helidon.http.HttpException;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.invigil.appliance.db.DatabaseOverloaded;
import java.io.UncheckedIOException;
import java.util.HexFormat;

/** Who answers an exception: one place for the whole server. */
final class Errors {
    private static final System.Logger LOG = System.getLogger(Errors.class.getName());

    private final HttpPages pages;
    private final io.invigil.protocol.crypto.Entropy entropy;

    Errors(HttpPages pages, io.invigil.protocol.crypto.Entropy entropy) {
        this.pages = pages;
        this.entropy = entropy;
    }

    void register(HttpRouting.Builder routing) {
        // Helidon reports an unknown path as an exception too: a handler for all of them that did
        // not ask for its status would turn every 404 into a 500
        routing.error(HttpException.class, this::http);
        routing.error(Throwable.class, this::unexpected);
    }

    private void http(ServerRequest request, ServerResponse response, HttpException failure) {
        int status = failure.status().code();
        if (status >= 500) {
            unexpected(request, response, failure);
        } else {
            answer(request, response, Problem.of(Math.max(status, 400), code(status)), "");
        }
    }

    private void unexpected(ServerRequest request, ServerResponse response, Throwable failure) {
        if (failure instanceof BodyRefused body) {
            answer(request, response, Problem.of(body.status(), code(body.status())), "");
        } else if (failure instanceof DatabaseOverloaded) {
            LOG.log(System.Logger.Level.WARNING, "refused a request: {0}", failure.getMessage());
            answer(request, response, Problem.of(503, "OVERLOADED"), "");
        } else if (failure instanceof UncheckedIOException gone) {
            LOG.log(System.Logger.Level.DEBUG, "a connection broke off", gone);
            answer(request, response, Problem.of(400, "BAD_REQUEST"), "");
        } else {
            String reference = HexFormat.of().formatHex(entropy.bytes(4));
            LOG.log(
                    System.Logger.Level.ERROR,
                    "incident "
                            + reference
                            + ": "
                            + request.prologue().method()
                            + " "
                            + request.path().absolute().path(),
                    failure);
            answer(request, response, Problem.of(500, "INTERNAL"), reference);
        }
    }

    private void answer(
            ServerRequest request, ServerResponse response, Problem problem, String reference) {
        if (response.isSent()) {
            return;
        }
        pages.writer().problem(pages.visit(request), problem, reference, response);
    }

    private static String code(int status) {
        return switch (status) {
            case 404 -> "NOT_FOUND";
            case 405 -> "METHOD_NOT_ALLOWED";
            case 413 -> "TOO_LARGE";
            case 429 -> "TOO_MANY_REQUESTS";
            default -> "BAD_REQUEST";
        };
    }
}
