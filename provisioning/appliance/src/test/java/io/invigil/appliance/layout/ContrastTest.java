package io.invigil.appliance.layout;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** WCAG 2.2, success criteria 1.4.3 and 1.4.11, on the design tokens of every colour scheme. */
class ContrastTest {
    private static final Pattern BLOCK =
            Pattern.compile(":root(?:\\[data-scheme=\"(\\w+)\"])? \\{([^}]*)}");
    private static final Pattern TOKEN =
            Pattern.compile("--([a-z-]+): (?:#([0-9a-f]{3,6})|var\\(--([a-z-]+)\\));");

    /** Text colour and the background it stands on. */
    private static final String[][] TEXT = {
        {"ink", "paper"},
        {"ink", "surface"},
        {"ink", "sunken"},
        {"ink", "wash"},
        {"ink-soft", "paper"},
        {"ink-soft", "surface"},
        {"ink-soft", "sunken"},
        {"link", "paper"},
        {"link", "surface"},
        {"link", "wash"},
        {"link-hover", "surface"},
        {"on-brand", "brand"},
        {"on-brand", "brand-deep"},
        {"good", "good-wash"},
        {"info", "info-wash"},
        {"warn", "warn-wash"},
        {"bad", "bad-wash"},
        {"off", "off-wash"},
        {"bad", "surface"},
        {"surface", "bad"},
        {"ink", "good-wash"},
        {"ink", "info-wash"},
        {"ink", "warn-wash"},
        {"ink", "bad-wash"},
    };

    /** Edges of controls and states against what is beside them. */
    private static final String[][] EDGES = {
        {"edge", "paper"},
        {"edge", "surface"},
        {"edge", "sunken"},
        {"button-edge", "paper"},
        {"button-edge", "surface"},
        {"tick", "surface"},
        {"accent-on-brand", "brand-deep"},
        {"accent", "paper"},
        {"focus", "focus-ink"},
        {"bad", "paper"},
    };

    private static Map<String, Map<String, String>> schemes() throws IOException {
        String css;
        try (InputStream in = ContrastTest.class.getResourceAsStream("/web/appliance/tokens.css")) {
            css = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        Map<String, Map<String, String>> schemes = new HashMap<>();
        Matcher block = BLOCK.matcher(css);
        while (block.find()) {
            String name = block.group(1) == null ? "light" : block.group(1);
            Map<String, String> tokens = new HashMap<>(schemes.getOrDefault("light", Map.of()));
            Matcher token = TOKEN.matcher(block.group(2));
            while (token.find()) {
                tokens.put(
                        token.group(1),
                        token.group(2) == null ? "=" + token.group(3) : token.group(2));
            }
            schemes.put(name, tokens);
        }
        return schemes;
    }

    private static double luminance(Map<String, String> tokens, String name) {
        String value = tokens.get(name);
        while (value.startsWith("=")) {
            value = tokens.get(value.substring(1));
        }
        String hex = value.length() == 3 ? value.replaceAll("(.)", "$1$1") : value;
        double[] weights = {0.2126, 0.7152, 0.0722};
        double sum = 0;
        for (int i = 0; i < 3; i++) {
            double part = Integer.parseInt(hex.substring(2 * i, 2 * i + 2), 16) / 255.0;
            double linear = part <= 0.04045 ? part / 12.92 : Math.pow((part + 0.055) / 1.055, 2.4);
            sum += weights[i] * linear;
        }
        return sum;
    }

    private static double contrast(Map<String, String> tokens, String[] pair) {
        double a = luminance(tokens, pair[0]);
        double b = luminance(tokens, pair[1]);
        return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    }

    @Test
    void keepsTextAndEdgesApartInEveryScheme() throws IOException {
        Map<String, Map<String, String>> schemes = schemes();
        assertThat(schemes.keySet())
                .containsExactlyInAnyOrder("light", "dark", "system", "contrast");
        List<String> weak = new ArrayList<>();
        schemes.forEach(
                (name, tokens) -> {
                    weak.addAll(weak(name, tokens, TEXT, name.equals("contrast") ? 7 : 4.5));
                    weak.addAll(weak(name, tokens, EDGES, 3));
                });
        assertThat(weak).isEmpty();
    }

    private static List<String> weak(
            String scheme, Map<String, String> tokens, String[][] pairs, double least) {
        List<String> weak = new ArrayList<>();
        for (String[] pair : pairs) {
            double contrast = contrast(tokens, pair);
            if (contrast < least) {
                weak.add("%s: %s on %s is %.2f".formatted(scheme, pair[0], pair[1], contrast));
            }
        }
        return weak;
    }

    @Test
    void theSystemsDarkSchemeIsTheDarkScheme() throws IOException {
        Map<String, Map<String, String>> schemes = schemes();
        assertThat(schemes.get("system")).isEqualTo(schemes.get("dark"));
    }
}
