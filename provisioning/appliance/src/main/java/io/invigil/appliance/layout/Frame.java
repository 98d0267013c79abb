package io.invigil.appliance.layout;

import gg.jte.Content;
import io.invigil.appliance.i18n.Texts;
import java.util.List;
import java.util.Optional;

/** Everything the frame's template shows around a page's content. Immutable. */
public record Frame(
        Texts texts,
        Scheme scheme,
        String product,
        List<Item> nav,
        Optional<Person> person,
        Optional<Flash> flash,
        Page page,
        String csrfToken,
        String back,
        Content content,
        AssetNames assets) {

    public record Item(String text, String path, boolean current) {}

    public record Person(String name) {}

    /** Gives the address of a static file, with its fingerprint. */
    @FunctionalInterface
    public interface AssetNames {
        String url(String asset);
    }

    public String text(String key, Object... arguments) {
        return texts.text(key, arguments);
    }

    /** Product and page, the page first: tabs are narrow. */
    public String windowTitle() {
        return page.title().equals(product) ? product : page.title() + " · " + product;
    }

    /** Our token for every request that htmx sends. */
    public String csrfHeader() {
        return "{\"X-CSRF-Token\":\"" + csrfToken + "\"}";
    }

    /** No inline styles, no eval (the policy forbids both); errors go into the notices. */
    public String htmxConfig() {
        return """
        {"includeIndicatorStyles":false,"allowEval":false,"allowScriptTags":false,\
        "selfRequestsOnly":true,"historyCacheSize":0,"responseHandling":[\
        {"code":"204","swap":false},{"code":"[23]..","swap":true},\
        {"code":"422","swap":true},\
        {"code":"[45]..","swap":true,"error":true,"target":"#notices"}]}\
        """;
    }
}
