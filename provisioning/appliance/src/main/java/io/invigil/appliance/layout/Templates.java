package io.invigil.appliance.layout;

import gg.jte.Content;
import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import java.util.Map;

/**
 * The compiled jte templates of one module. Every module has its own package of generated classes,
 * see its pom. Thread-safe.
 */
public final class Templates {
    private final TemplateEngine engine;

    /**
     * @param packageName the {@code packageName} of the jte plugin, such as {@code
     *     io.invigil.hub.templates}
     */
    public Templates(ClassLoader loader, String packageName) {
        engine = TemplateEngine.createPrecompiled(null, ContentType.Html, loader, packageName);
    }

    /**
     * A template with its parameters, rendered when the page is written.
     *
     * @param name path below {@code src/main/jte}, such as {@code plan/list.jte}
     * @param parameters by the names of the template's {@code @param}s
     */
    public Content content(String name, Map<String, Object> parameters) {
        Map<String, Object> copy = Map.copyOf(parameters);
        return output -> engine.render(name, copy, output);
    }

    /** A template with one parameter only. */
    public Content content(String name, Object parameter) {
        return output -> engine.render(name, parameter, output);
    }
}
