package io.invigil.appliance.layout;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the frame needs to know of a page. Immutable; made by {@link #titled} and refined.
 *
 * @param title shown in the window and, unless the page brings its own, as the {@code h1}
 * @param heading whether the frame writes the title as {@code h1}
 * @param modules ES modules to load, as asset names such as {@code hub/plan.js}
 * @param styles further style sheets, as asset names
 * @param live address of server-sent events; each event is a DOM event of its name on the body
 * @param errors what is wrong with the sent form; shown as error summary that takes the focus
 * @param trail the pages above this one, outermost first
 */
public record Page(
        String title,
        boolean heading,
        Width width,
        List<String> modules,
        List<String> styles,
        Optional<String> live,
        List<FieldError> errors,
        List<Link> trail) {

    /** How much of a large screen the content takes. */
    public enum Width {
        /** Texts and forms. */
        NARROW,
        /** Most pages. */
        NORMAL,
        /** Seat maps and wide tables. */
        FULL
    }

    /** One error of a form; the link leads to the field with id {@code f-<field>}. */
    public record FieldError(String field, String text) {}

    public record Link(String text, String path) {}

    public Page {
        modules = List.copyOf(modules);
        styles = List.copyOf(styles);
        errors = List.copyOf(errors);
        trail = List.copyOf(trail);
    }

    public static Page titled(String title) {
        return new Page(
                title,
                true,
                Width.NORMAL,
                List.of(),
                List.of(),
                Optional.empty(),
                List.of(),
                List.of());
    }

    public Page withoutHeading() {
        return new Page(title, false, width, modules, styles, live, errors, trail);
    }

    public Page width(Width newWidth) {
        return new Page(title, heading, newWidth, modules, styles, live, errors, trail);
    }

    public Page module(String asset) {
        return new Page(title, heading, width, plus(modules, asset), styles, live, errors, trail);
    }

    public Page style(String asset) {
        return new Page(title, heading, width, modules, plus(styles, asset), live, errors, trail);
    }

    public Page live(String path) {
        return new Page(title, heading, width, modules, styles, Optional.of(path), errors, trail);
    }

    public Page errors(List<FieldError> newErrors) {
        return new Page(title, heading, width, modules, styles, live, newErrors, trail);
    }

    /** Adds a page above this one. */
    public Page under(String text, String path) {
        return new Page(
                title,
                heading,
                width,
                modules,
                styles,
                live,
                errors,
                plus(trail, new Link(text, path)));
    }

    private static <T> List<T> plus(List<T> list, T more) {
        List<T> longer = new ArrayList<>(list);
        longer.add(more);
        return longer;
    }
}
