package io.invigil.site.apart;

import io.invigil.exam.file.EmergencyFile;
import io.invigil.exam.file.EmergencyFile.Scope;
import io.invigil.exam.pack.RosterKeys;
import io.invigil.protocol.json.Json;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Optional;
import java.util.OptionalLong;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The keys and signed statements that bind what a page holds to one sitting of one paper. Both
 * follow from the node's data key, so that a restart or another machine changes neither.
 * Thread-safe.
 */
public final class HeldKeys {
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    private final byte[] key;

    /**
     * @param key of this purpose alone, derived from the node's data key
     */
    public HeldKeys(byte[] key) {
        this.key = key.clone();
    }

    /** AES-256 key under which the page keeps what is not confirmed, as base64url. */
    public String pageKeyText(Scope scope) {
        return BASE64.encodeToString(pageKey(scope));
    }

    byte[] pageKey(Scope scope) {
        return mac("page\n" + scope.text());
    }

    /**
     * AES-256 key under which the page saves an emergency file, as base64url. It follows from the
     * key that all nodes of the slot share, so that each of them opens the file: the sitting may go
     * on at another one when this one is lost. Empty when the package brought no such key.
     */
    public static Optional<String> fileKeyText(Optional<RosterKeys> shared, Scope scope) {
        return shared.map(keys -> BASE64.encodeToString(EmergencyFile.key(keys, scope)));
    }

    private record Statement(long sitting, long at, String mac) {}

    /**
     * A statement that the node spoke with the sitting's page.
     *
     * @param examMillis exam time of the node now
     */
    public String contact(long sitting, long examMillis) {
        var statement = new Statement(sitting, examMillis, contactMac(sitting, examMillis));
        return BASE64.encodeToString(Json.write(statement));
    }

    /** The exam time of a statement of ours to this sitting; empty for anything else. */
    public OptionalLong contactMillis(long sitting, String text) {
        byte[] json;
        try {
            json = Base64.getUrlDecoder().decode(text);
        } catch (IllegalArgumentException notBase64) {
            return OptionalLong.empty();
        }
        return Json.read(json, Statement.class)
                .filter(said -> said.sitting() == sitting && said.mac() != null)
                .filter(said -> equal(said.mac(), contactMac(sitting, said.at())))
                .map(said -> OptionalLong.of(said.at()))
                .orElseGet(OptionalLong::empty);
    }

    private String contactMac(long sitting, long examMillis) {
        return BASE64.encodeToString(mac("contact\n" + sitting + "\n" + examMillis));
    }

    private static boolean equal(String one, String other) {
        return MessageDigest.isEqual(
                one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }

    private byte[] mac(String text) {
        return mac(key, text);
    }

    private static byte[] mac(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("the JDK has no HMAC-SHA256", missing);
        }
    }
}
