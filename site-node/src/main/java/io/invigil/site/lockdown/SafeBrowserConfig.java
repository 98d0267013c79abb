package io.invigil.site.lockdown;

import io.invigil.protocol.crypto.Digest;
import io.invigil.protocol.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The settings of Safe Exam Browser for one exam: as a {@code .seb} file (a plain property list)
 * and as the Config Key that the browser proves with every request. Immutable.
 *
 * <p>Config Key: SHA-256 over the settings as JSON without white space, keys in alphabetical order
 * regardless of case, data as base64, empty dictionaries and {@code originatorVersion} left out.
 */
public final class SafeBrowserConfig {
    /** Certificate authority, as the browser's settings count certificate kinds. */
    private static final int AUTHORITY = 2;

    private static final int FULL_SCREEN = 1;
    private static final int IN_THE_SAME_WINDOW = 1;

    private final Map<String, Object> settings;

    /** Bytes that a property list holds as data. */
    private record Data(String base64) {}

    private SafeBrowserConfig(Map<String, Object> settings) {
        this.settings = settings;
    }

    /**
     * @param startUrl where the browser begins, on this node
     * @param quitUrl opening it ends the browser
     * @param caDer our authority's certificate: the PC need not know it before
     */
    public static SafeBrowserConfig of(String startUrl, String quitUrl, byte[] caDer) {
        Map<String, Object> settings = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        settings.put("startURL", startUrl);
        settings.put("quitURL", quitUrl);
        settings.put("quitURLConfirm", false);
        settings.put("sendBrowserExamKey", true);
        settings.put("sebConfigPurpose", 0);
        settings.put("browserViewMode", FULL_SCREEN);
        settings.put("newBrowserWindowByLinkPolicy", IN_THE_SAME_WINDOW);
        settings.put("newBrowserWindowByScriptPolicy", 0);
        settings.put("allowQuit", false);
        settings.put("allowSpellCheck", false);
        settings.put("allowDictionaryLookup", false);
        settings.put("allowSwitchToApplications", false);
        settings.put("allowUserSwitching", false);
        settings.put("allowVirtualMachine", false);
        settings.put("allowDisplayMirroring", false);
        settings.put("allowedDisplaysMaxNumber", 1);
        settings.put("browserWindowAllowReload", true);
        settings.put("browserMediaCaptureCamera", true);
        settings.put("createNewDesktop", true);
        settings.put("enablePrintScreen", false);
        settings.put("enablePrivateClipboard", true);
        settings.put("examSessionClearCookiesOnStart", true);
        settings.put("monitorProcesses", true);
        settings.put("pinEmbeddedCertificates", true);
        settings.put("showInputLanguage", true);
        settings.put("showReloadButton", true);
        settings.put("showTaskBar", true);
        settings.put("showTime", false);
        Map<String, Object> authority = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        authority.put("certificateData", new Data(Base64.getEncoder().encodeToString(caDer)));
        authority.put("name", "Invigil");
        authority.put("type", AUTHORITY);
        settings.put("embeddedCertificates", List.of(authority));
        return new SafeBrowserConfig(settings);
    }

    /** Hex SHA-256 that the browser mixes with each address. */
    public String configKey() {
        return key(settings);
    }

    /**
     * Config Keys of the same settings with one of them different, by the name of that setting: a
     * file that someone changed in one place is recognised and the place named.
     */
    public Map<String, String> keysWithOneDifference() {
        Map<String, String> keys = new LinkedHashMap<>();
        for (String name : settings.keySet()) {
            Map<String, Object> without = copy();
            without.remove(name);
            keys.put(key(without), name);
            if (settings.get(name) instanceof Boolean set) {
                Map<String, Object> other = copy();
                other.put(name, !set);
                keys.put(key(other), name);
            }
        }
        return keys;
    }

    private Map<String, Object> copy() {
        Map<String, Object> copy = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        copy.putAll(settings);
        return copy;
    }

    private static String key(Map<String, Object> settings) {
        return Digest.sha256(json(settings).getBytes(StandardCharsets.UTF_8)).hex();
    }

    private static String json(Object value) {
        return switch (value) {
            case Map<?, ?> dictionary -> {
                List<String> fields = new ArrayList<>();
                dictionary.forEach(
                        (name, each) -> fields.add(quoted((String) name) + ":" + json(each)));
                yield "{" + String.join(",", fields) + "}";
            }
            case List<?> list ->
                    "["
                            + String.join(",", list.stream().map(SafeBrowserConfig::json).toList())
                            + "]";
            case Data data -> quoted(data.base64());
            case String text -> quoted(text);
            default -> String.valueOf(value);
        };
    }

    /** Our texts are addresses and names: nothing in them needs escaping beyond JSON's own. */
    private static String quoted(String text) {
        return new String(Json.write(text), StandardCharsets.UTF_8);
    }

    /** The file that a technician puts on the PCs. */
    public byte[] file() {
        StringBuilder xml =
                new StringBuilder(
                        """
                        <?xml version="1.0" encoding="UTF-8"?>
                        <!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" \
                        "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
                        <plist version="1.0">
                        """);
        plist(settings, xml);
        return xml.append("</plist>\n").toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void plist(Object value, StringBuilder xml) {
        switch (value) {
            case Map<?, ?> dictionary -> {
                xml.append("<dict>\n");
                dictionary.forEach(
                        (name, each) -> {
                            xml.append("<key>").append(name).append("</key>\n");
                            plist(each, xml);
                        });
                xml.append("</dict>\n");
            }
            case List<?> list -> {
                xml.append("<array>\n");
                list.forEach(each -> plist(each, xml));
                xml.append("</array>\n");
            }
            case Data data -> xml.append("<data>").append(data.base64()).append("</data>\n");
            case Boolean set -> xml.append(set ? "<true/>\n" : "<false/>\n");
            case Integer number -> xml.append("<integer>").append(number).append("</integer>\n");
            default -> xml.append("<string>").append(escaped(value)).append("</string>\n");
        }
    }

    private static String escaped(Object value) {
        return String.valueOf(value).replace("&", "&amp;").replace("<", "&lt;");
    }
}
