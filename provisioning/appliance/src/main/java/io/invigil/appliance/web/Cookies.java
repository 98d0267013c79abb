package io.invigil.appliance.web;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import io.invigil.appliance.i18n.Language;
import io.invigil.appliance.layout.Scheme;
import io.invigil.protocol.crypto.Entropy;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The cookies of one server. Their names carry the server's own name, because browsers share
 * cookies between the ports of one machine. A response sets one of them at most: over HTTP/2 the
 * server writes only the first value of a repeated header.
 */
final class Cookies {
    private static final int ID_BYTES = 32;
    private static final int ID_CHARS = 43;
    private static final int COOKIES_CHARS_MAX = 16 * 1024;
    private static final long YEAR_SECONDS = 365L * 24 * 3600;

    private final String prefix;
    private final Entropy entropy;

    Cookies(String serverName, Entropy entropy) {
        if (!serverName.matches("[a-z0-9-]{1,40}")) {
            throw new IllegalArgumentException("not a server name: " + serverName);
        }
        this.prefix = "__Host-" + serverName + "-";
        this.entropy = entropy;
    }

    String newId() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(entropy.bytes(ID_BYTES));
    }

    Map<String, String> read(ServerRequest request) {
        Map<String, String> cookies = new HashMap<>();
        for (String line : request.headers().values(HeaderNames.COOKIE)) {
            if (line.length() > COOKIES_CHARS_MAX) {
                continue;
            }
            for (String pair : line.split(";")) {
                int equals = pair.indexOf('=');
                if (equals > 0) {
                    cookies.put(
                            pair.substring(0, equals).strip(),
                            unquoted(pair.substring(equals + 1).strip()));
                }
            }
        }
        return cookies;
    }

    /** RFC 6265 section 4.1.1 allows quotes around a value; some clients add them. */
    private static String unquoted(String value) {
        boolean quoted = value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"");
        return quoted ? value.substring(1, value.length() - 1) : value;
    }

    Optional<String> idIn(Map<String, String> cookies) {
        return Optional.ofNullable(cookies.get(prefix + "id"))
                .filter(id -> id.length() == ID_CHARS && id.matches("[A-Za-z0-9_-]+"));
    }

    /** The language that the visitor chose; empty before. */
    Optional<Language> languageIn(Map<String, String> cookies) {
        return Language.ofTag(cookies.getOrDefault(prefix + "lang", ""));
    }

    Scheme schemeIn(Map<String, String> cookies) {
        return Scheme.ofCode(cookies.getOrDefault(prefix + "scheme", "")).orElse(Scheme.SYSTEM);
    }

    /** Ends with the browser session. */
    Reply.HeaderLine id(String id) {
        return line("id", id, "; HttpOnly; SameSite=Lax");
    }

    Reply.HeaderLine language(Language language) {
        return line("lang", language.tag(), "; HttpOnly; SameSite=Lax; Max-Age=" + YEAR_SECONDS);
    }

    Reply.HeaderLine scheme(Scheme scheme) {
        return line("scheme", scheme.code(), "; HttpOnly; SameSite=Lax; Max-Age=" + YEAR_SECONDS);
    }

    private Reply.HeaderLine line(String name, String value, String attributes) {
        return new Reply.HeaderLine(
                "Set-Cookie", prefix + name + "=" + value + "; Path=/; Secure" + attributes);
    }
}
