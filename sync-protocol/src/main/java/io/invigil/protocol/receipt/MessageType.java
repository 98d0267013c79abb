package io.invigil.protocol.receipt;

import java.util.Arrays;
import java.util.Optional;

/** DSSE payload types of everything that is signed on the wire (XSP/1 section 4). */
public enum MessageType {
    BUNDLE("application/vnd.xsp.bundle.v1"),
    HELLO("application/vnd.xsp.hello.v1"),
    OFFLINE("application/vnd.xsp.offline.v1"),
    BLOB_OFFER("application/vnd.xsp.blob-offer.v1"),
    RECEIPT("application/vnd.xsp.receipt.v1"),
    CURSOR("application/vnd.xsp.cursor.v1"),
    GAP_REQUEST("application/vnd.xsp.gap-request.v1"),
    HELLO_REQUEST("application/vnd.xsp.hello-request.v1"),
    BLOB_BITMAP("application/vnd.xsp.blob-bitmap.v1"),
    /** HPKE-sealed K_rel of a paper; the content belongs to the paper package. */
    KEY_RELEASE("application/vnd.xsp.key-release.v1"),
    /** Words of the centre to the staff of a room, sealed; the content belongs to the exam. */
    CENTRE_WORD("application/vnd.xsp.centre-word.v1"),
    /** A candidate's claim to be in the room, sealed; the content belongs to the exam. */
    PORTAL_CLAIM("application/vnd.xsp.portal-claim.v1"),
    ROTATE("application/vnd.xsp.rotate.v1");

    private final String uri;

    MessageType(String uri) {
        this.uri = uri;
    }

    public String uri() {
        return uri;
    }

    public static Optional<MessageType> of(String uri) {
        return Arrays.stream(values()).filter(type -> type.uri.equals(uri)).findFirst();
    }
}
