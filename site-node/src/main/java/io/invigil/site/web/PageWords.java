package io.invigil.site.web;

import io.invigil.appliance.i18n.Texts;
import io.invigil.protocol.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/** Words for a page's script: keys below a prefix as a tree of JSON objects, one level a dot. */
public final class PageWords {
    private PageWords() {}

    /**
     * @param prefix such as {@code proctoring.js.}; the key {@code proctoring.js.act.pause} becomes
     *     {@code {"act":{"pause":…}}}
     */
    public static String json(Texts texts, String prefix) {
        Map<String, Object> root = new TreeMap<>();
        for (String key : texts.keys()) {
            if (key.startsWith(prefix)) {
                put(root, key.substring(prefix.length()).split("\\."), texts.text(key));
            }
        }
        return new String(Json.write(root), StandardCharsets.UTF_8);
    }

    private static void put(Map<String, Object> root, String[] path, String text) {
        Map<String, Object> at = root;
        for (int step = 0; step < path.length - 1; step++) {
            at = below(at, path[step]);
        }
        at.put(path[path.length - 1], text);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> below(Map<String, Object> map, String name) {
        return (Map<String, Object>) map.computeIfAbsent(name, n -> new TreeMap<String, Object>());
    }
}
