package io.invigil.appliance.layout;

import gg.jte.Content;
import io.invigil.appliance.i18n.Texts;
import java.util.List;

/** Draws the frame around a page. Stateless but for the templates; thread-safe. */
public final class Layout {
    /** The style sheets of every page, in order; documents with a frame of their own link them. */
    public static final List<String> STYLES =
            List.of(
                    "appliance/tokens.css",
                    "appliance/base.css",
                    "appliance/frame.css",
                    "appliance/controls.css",
                    "appliance/parts.css",
                    "appliance/states.css",
                    "appliance/print.css");

    private final Templates templates;

    public Layout() {
        templates = new Templates(Layout.class.getClassLoader(), "io.invigil.appliance.templates");
    }

    /** The complete HTML document. */
    public Content document(Frame frame) {
        return templates.content("layout/frame.jte", frame);
    }

    /** The content of a problem page. */
    public Content problem(ProblemView problem) {
        return templates.content("layout/problem.jte", problem);
    }

    /** One message box, as it stands below the header. */
    public Content notice(Flash flash) {
        return templates.content("layout/notice.jte", flash);
    }

    /**
     * @param detail may be empty
     * @param reference what the log entry carries too; empty when there is none
     */
    public record ProblemView(
            Texts texts, int status, String title, String detail, String reference) {}
}
