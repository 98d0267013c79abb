package io.invigil.appliance.web;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Against requests that another site makes the browser send: the Origin must be ours and the token
 * must fit the visitor's cookie. The token is an HMAC of the cookie's value, so nothing is stored.
 */
final class Csrf {
    static final String FIELD = "_csrf";
    static final String HEADER = "X-CSRF-Token";

    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");

    private final SecretKeySpec key;

    Csrf(byte[] key) {
        this.key = new SecretKeySpec(key, "HmacSHA256");
    }

    String token(String visitorId) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            byte[] tag = mac.doFinal(("csrf " + visitorId).getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(tag);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("HMAC-SHA256 failed", impossible);
        }
    }

    static boolean isSafe(String method) {
        return SAFE.contains(method);
    }

    /** Whether a changing request comes from one of our own pages. */
    boolean permits(Visit visit) {
        if (!originIsOurs(visit)) {
            return false;
        }
        String token = visit.header(HEADER).orElse("");
        if (token.isEmpty()) {
            token = visit.form().text(FIELD);
        }
        return MessageDigest.isEqual(
                token.getBytes(StandardCharsets.UTF_8),
                token(visit.visitor().id()).getBytes(StandardCharsets.UTF_8));
    }

    private static boolean originIsOurs(Visit visit) {
        String site = visit.header("Sec-Fetch-Site").orElse("same-origin");
        if (!site.equals("same-origin")) {
            return false;
        }
        Optional<String> origin = visit.header("Origin");
        String ours = "https://" + visit.request().authority();
        return origin.isEmpty()
                || origin.get().toLowerCase(Locale.ROOT).equals(ours.toLowerCase(Locale.ROOT));
    }
}
