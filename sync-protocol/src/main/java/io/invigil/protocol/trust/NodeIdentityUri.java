package io.invigil.protocol.trust;

import io.invigil.protocol.fact.NodeId;
import io.invigil.protocol.fact.Realm;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Identity in the URI SAN of a client certificate: {@code urn:xsp:{realm}:{node|hub}:{id}} (XSP/1
 * section 5).
 *
 * @param id a node id, or the name of a hub instance in the same form
 */
public record NodeIdentityUri(Realm realm, Kind kind, String id) {
    private static final Pattern FORM =
            Pattern.compile("urn:xsp:([a-z0-9-]{2,32}):(node|hub):([a-z0-9-]{3,32})");

    /** Which end of the protocol it is. */
    public enum Kind {
        NODE,
        HUB
    }

    public NodeIdentityUri {
        if (!NodeId.isValid(id)) {
            throw new IllegalArgumentException("not an identity");
        }
    }

    public static NodeIdentityUri ofNode(Realm realm, NodeId node) {
        return new NodeIdentityUri(realm, Kind.NODE, node.value());
    }

    /** Reads the exact form only; empty for anything else. */
    public static Optional<NodeIdentityUri> parse(String uri) {
        Matcher matcher = FORM.matcher(uri);
        if (!matcher.matches() || !NodeId.isValid(matcher.group(3))) {
            return Optional.empty();
        }
        return Optional.of(
                new NodeIdentityUri(
                        new Realm(matcher.group(1)),
                        matcher.group(2).equals("node") ? Kind.NODE : Kind.HUB,
                        matcher.group(3)));
    }

    @Override
    public String toString() {
        return "urn:xsp:" + realm + (kind == Kind.NODE ? ":node:" : ":hub:") + id;
    }
}
