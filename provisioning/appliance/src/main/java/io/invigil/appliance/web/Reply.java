package io.invigil.appliance.web;

import gg.jte.Content;
import io.invigil.appliance.layout.Page;
import io.invigil.appliance.web.live.Broadcast;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** The answer to a request, as a value. Immutable. */
public final class Reply {

    /** Writes a body piece by piece, for exports that do not fit in memory. */
    @FunctionalInterface
    public interface BodyWriter {
        void write(OutputStream out) throws IOException;
    }

    sealed interface Body {
        record Framed(Page page, Content content) implements Body {}

        record Html(Content content) implements Body {}

        record Bytes(String mediaType, byte[] bytes) implements Body {}

        record Json(Object value) implements Body {}

        record Streamed(String mediaType, BodyWriter writer) implements Body {}

        record Refused(Problem problem) implements Body {}

        record Live(Broadcast broadcast, Predicate<Broadcast.Event> wanted) implements Body {}

        record None() implements Body {}
    }

    record HeaderLine(String name, String value) {}

    private final int status;
    private final Body body;
    private final List<HeaderLine> headers;

    private Reply(int status, Body body, List<HeaderLine> headers) {
        this.status = status;
        this.body = body;
        this.headers = headers;
    }

    /** A whole page: the content inside the frame with navigation. */
    public static Reply page(Page page, Content content) {
        return new Reply(200, new Body.Framed(page, content), List.of());
    }

    /** A whole page in the plain frame. */
    public static Reply page(String title, Content content) {
        return page(Page.titled(title), content);
    }

    /** A part of a page for htmx, or a complete document with a frame of its own. */
    public static Reply html(Content content) {
        return new Reply(200, new Body.Html(content), List.of());
    }

    /** After a successful form: 303, so that reload does not send it again. For htmx too. */
    public static Reply seeOther(String path) {
        return new Reply(303, new Body.None(), List.of(new HeaderLine("Location", path)));
    }

    public static Reply json(Object value) {
        return new Reply(200, new Body.Json(value), List.of());
    }

    public static Reply bytes(String mediaType, byte[] bytes) {
        return new Reply(200, new Body.Bytes(mediaType, bytes.clone()), List.of());
    }

    public static Reply text(String text) {
        return bytes(
                "text/plain; charset=utf-8",
                text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    public static Reply stream(String mediaType, BodyWriter writer) {
        return new Reply(200, new Body.Streamed(mediaType, writer), List.of());
    }

    /** A file to be saved; the name may be Chinese (RFC 6266). */
    public static Reply download(String fileName, String mediaType, BodyWriter writer) {
        return stream(mediaType, writer)
                .header("Content-Disposition", ContentDisposition.attachment(fileName));
    }

    public static Reply problem(Problem problem) {
        return new Reply(problem.status(), new Body.Refused(problem), List.of());
    }

    public static Reply notFound() {
        return problem(Problem.notFound());
    }

    public static Reply noContent() {
        return new Reply(204, new Body.None(), List.of());
    }

    /** Server-sent events until the client or the broadcast ends. */
    public static Reply live(Broadcast broadcast) {
        return live(broadcast, event -> true);
    }

    public static Reply live(Broadcast broadcast, Predicate<Broadcast.Event> wanted) {
        return new Reply(200, new Body.Live(broadcast, wanted), List.of());
    }

    public Reply status(int newStatus) {
        return new Reply(newStatus, body, headers);
    }

    public Reply header(String name, String value) {
        List<HeaderLine> more = new ArrayList<>(headers);
        more.add(new HeaderLine(name, value));
        return new Reply(status, body, List.copyOf(more));
    }

    int status() {
        return status;
    }

    Body body() {
        return body;
    }

    List<HeaderLine> headers() {
        return headers;
    }
}
