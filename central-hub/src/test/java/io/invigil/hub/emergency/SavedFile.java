package io.invigil.hub.emergency;

import io.invigil.exam.file.EmergencyFile;
import io.invigil.hub.pack.SlotKeys;
import io.invigil.hub.plan.SlotId;
import io.invigil.protocol.crypto.Digest;
import io.invigil.protocol.json.Json;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** An emergency file as a candidate's page saves it, with one uploaded file. */
public final class SavedFile {
    public static final byte[] PDF = "%PDF-1.4 a plan".getBytes(StandardCharsets.US_ASCII);

    private final EmergencyFile.Scope scope;
    private final List<Map<String, Object>> answers = new ArrayList<>();
    private boolean shared = true;

    public SavedFile(EmergencyFile.Scope scope) {
        this.scope = scope;
    }

    public SavedFile answer(String item, String op, String value) {
        answers.add(
                Map.of(
                        "item",
                        item,
                        "op",
                        op,
                        "base",
                        0,
                        "response",
                        Map.of("RESPONSE", List.of(value))));
        return this;
    }

    /** As a page saves it whose package brought no key of the slot. */
    SavedFile ofItsNodeAlone() {
        shared = false;
        return this;
    }

    public byte[] under(SlotKeys keys, SlotId slot) {
        var plain = new ByteArrayOutputStream();
        plain.writeBytes(
                Json.write(
                        Map.of(
                                "answers",
                                answers,
                                "files",
                                List.of(
                                        Map.of(
                                                "sha256",
                                                Digest.sha256(PDF).hex(),
                                                "bytes",
                                                PDF.length)))));
        plain.write('\n');
        plain.writeBytes(PDF);
        var out = new ByteArrayOutputStream();
        out.writeBytes("XSE2\n".getBytes(StandardCharsets.US_ASCII));
        out.writeBytes(
                Json.write(
                        Map.of(
                                "shared", shared,
                                "exam", scope.exam(),
                                "sitting", scope.sitting(),
                                "paper", scope.paper())));
        out.write('\n');
        byte[] iv = new byte[12];
        out.writeBytes(iv);
        byte[] key = EmergencyFile.key(keys.of(slot, scope.exam()), scope);
        out.writeBytes(sealed(key, iv, plain.toByteArray()));
        return out.toByteArray();
    }

    private byte[] sealed(byte[] key, byte[] iv, byte[] plain) {
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(
                    Cipher.ENCRYPT_MODE,
                    new SecretKeySpec(key, "AES"),
                    new GCMParameterSpec(128, iv));
            cipher.updateAAD(("file\n" + scope.text()).getBytes(StandardCharsets.UTF_8));
            return cipher.doFinal(plain);
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("the JDK has no AES-GCM", missing);
        }
    }
}
