package io.invigil.appliance.web;

import gg.jte.Content;
import gg.jte.html.OwaspHtmlTemplateOutput;
import gg.jte.output.Utf8ByteOutput;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerResponse;
import io.invigil.appliance.i18n.Texts;
import io.invigil.appliance.layout.Chrome;
import io.invigil.appliance.layout.Flash;
import io.invigil.appliance.layout.Frame;
import io.invigil.appliance.layout.Layout;
import io.invigil.appliance.layout.Page;
import io.invigil.protocol.json.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Writes replies to Helidon responses. */
final class ReplyWriter {
    private static final System.Logger LOG = System.getLogger(ReplyWriter.class.getName());
    private static final String HTML = "text/html; charset=utf-8";

    private final HttpPages pages;
    private final Chrome chrome;
    private final Layout layout = new Layout();

    ReplyWriter(HttpPages pages, Chrome chrome) {
        this.pages = pages;
        this.chrome = chrome;
    }

    void write(Visit visit, Reply reply, ServerResponse response) {
        response.status(Status.create(reply.status()));
        for (Reply.HeaderLine line : reply.headers()) {
            header(visit, response, line);
        }
        switch (reply.body()) {
            case Reply.Body.Framed framed -> {
                byte[] html = bytes(layout.document(frame(visit, framed.page(), framed.content())));
                cookies(visit, response);
                send(response, HTML, html);
            }
            case Reply.Body.Html html -> {
                byte[] bytes = bytes(html.content());
                cookies(visit, response);
                send(response, HTML, bytes);
            }
            case Reply.Body.Bytes bytes -> {
                cookies(visit, response);
                send(response, bytes.mediaType(), bytes.bytes());
            }
            case Reply.Body.Json json -> {
                cookies(visit, response);
                send(response, "application/json", Json.write(json.value()));
            }
            case Reply.Body.Streamed streamed -> {
                cookies(visit, response);
                stream(response, streamed);
            }
            case Reply.Body.Refused refused -> {
                cookies(visit, response);
                problem(visit, refused.problem(), "", response);
            }
            case Reply.Body.Live live -> live(visit, live, response);
            case Reply.Body.None none -> {
                cookies(visit, response);
                response.send();
            }
        }
    }

    private void header(Visit visit, ServerResponse response, Reply.HeaderLine line) {
        // htmx follows a 303 invisibly and would put the whole next page into a part of this one
        if (line.name().equals("Location") && visit.fromHtmx()) {
            response.status(Status.NO_CONTENT_204);
            add(response, new Reply.HeaderLine("HX-Redirect", line.value()));
        } else {
            add(response, line);
        }
    }

    private static void cookies(Visit visit, ServerResponse response) {
        visit.newCookie().ifPresent(cookie -> add(response, cookie));
    }

    private static void add(ServerResponse response, Reply.HeaderLine line) {
        response.headers().add(HeaderNames.create(line.name()), line.value());
    }

    private static void send(ServerResponse response, String mediaType, byte[] bytes) {
        response.headers().set(HeaderNames.CONTENT_TYPE, mediaType);
        response.send(bytes);
    }

    private static byte[] bytes(Content content) {
        Utf8ByteOutput output = new Utf8ByteOutput();
        content.writeTo(new OwaspHtmlTemplateOutput(output));
        return output.toByteArray();
    }

    private static void stream(ServerResponse response, Reply.Body.Streamed streamed) {
        response.headers().set(HeaderNames.CONTENT_TYPE, streamed.mediaType());
        try (OutputStream out = response.outputStream()) {
            streamed.writer().write(out);
        } catch (IOException gone) {
            throw new UncheckedIOException("the client went away", gone);
        }
    }

    Frame frame(Visit visit, Page page, Content content) {
        Texts texts = visit.texts();
        Optional<SignedIn> person = visit.personIfAny();
        String path = visit.path();
        List<Frame.Item> nav =
                chrome.nav().stream()
                        .filter(item -> person.isPresent())
                        .filter(item -> new Access(true, item.roles()).permits(person.get()))
                        .map(
                                item ->
                                        new Frame.Item(
                                                texts.text(item.textKey()),
                                                item.path(),
                                                path.equals(item.path())
                                                        || path.startsWith(item.path() + "/")))
                        .toList();
        return new Frame(
                texts,
                visit.scheme(),
                texts.text(chrome.productKey()),
                nav,
                person.map(p -> new Frame.Person(p.name())),
                pages.flashes().take(visit.visitor().id()),
                page,
                visit.csrfToken(),
                HttpPages.encode(HttpPages.pathAndQuery(visit)),
                content,
                pages.assets()::url);
    }

    /**
     * @param reference what the log entry carries; empty when there is none
     */
    void problem(Visit visit, Problem problem, String reference, ServerResponse response) {
        Texts texts = visit.texts();
        Object[] arguments = problem.arguments().toArray();
        String title = texts.text("problem." + problem.code(), arguments);
        String detailKey = "problem." + problem.code() + ".detail";
        String detail = texts.has(detailKey) ? texts.text(detailKey, arguments) : "";
        response.status(Status.create(problem.status()));
        if (visit.fromHtmx()) {
            Content note =
                    layout.notice(new Flash(Flash.Kind.WARNING, join(title, detail, reference)));
            send(response, HTML, bytes(note));
        } else if (visit.header("Accept").orElse("").contains("text/html")) {
            Layout.ProblemView view =
                    new Layout.ProblemView(texts, problem.status(), title, detail, reference);
            Page page = Page.titled(title).width(Page.Width.NARROW);
            Frame frame = frame(visit, page, layout.problem(view));
            send(response, HTML, bytes(layout.document(frame)));
        } else {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("type", "urn:invigil:problem:" + problem.code());
            json.put("title", title);
            json.put("status", problem.status());
            json.put("code", problem.code());
            if (!detail.isEmpty()) {
                json.put("detail", detail);
            }
            if (!reference.isEmpty()) {
                json.put("instance", "urn:invigil:incident:" + reference);
            }
            send(response, "application/problem+json", Json.write(json));
        }
    }

    private static String join(String title, String detail, String reference) {
        return title
                + (detail.isEmpty() ? "" : " " + detail)
                + (reference.isEmpty() ? "" : " (" + reference + ")");
    }

    private static void live(Visit visit, Reply.Body.Live live, ServerResponse response) {
        response.headers().set(HeaderNames.CONTENT_TYPE, "text/event-stream; charset=utf-8");
        response.headers().set(HeaderNames.create("X-Accel-Buffering"), "no");
        try (OutputStream out = response.outputStream()) {
            SseClient client = new SseClient(out);
            if (!live.broadcast().serve(visit.header("Last-Event-ID"), live.wanted(), client)) {
                // too many clients: the stream ends at once, the browser tries again by itself
                client.heartbeat();
            }
        } catch (IOException | UncheckedIOException gone) {
            // the usual end of a stream: the browser closed the page
            LOG.log(System.Logger.Level.DEBUG, "an event stream ended", gone);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }
}
