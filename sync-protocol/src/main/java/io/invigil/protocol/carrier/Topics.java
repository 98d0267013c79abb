package io.invigil.protocol.carrier;

import io.invigil.protocol.crypto.Digest;
import io.invigil.protocol.fact.Lane;
import io.invigil.protocol.fact.NodeId;
import io.invigil.protocol.fact.Realm;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** MQTT topics {@code x1/{realm}/{shard}/n/{node}/…} (XSP/1 section 5). Stateless. */
public final class Topics {
    private static final int PARTS_MIN = 6;

    private Topics() {}

    /** What an up topic carries, and from which node. */
    public record Up(Realm realm, NodeId node, UpKind kind) {}

    /** The shard of a node: first hexadecimal digit of SHA-256 of its name. */
    public static String shard(NodeId node) {
        byte[] name = node.value().getBytes(StandardCharsets.UTF_8);
        return Digest.sha256(name).hex().substring(0, 1);
    }

    /** Prefix of all topics of a node, without a slash at the end. */
    public static String prefix(Realm realm, NodeId node) {
        return "x1/" + realm + "/" + shard(node) + "/n/" + node;
    }

    /** Where a node publishes. */
    public static String up(Realm realm, NodeId node, UpKind kind) {
        return prefix(realm, node) + "/" + kind.path();
    }

    /** Where a node listens. */
    public static String down(Realm realm, NodeId node, DownKind kind) {
        return prefix(realm, node) + "/" + kind.path();
    }

    /** Filter under which a node receives everything of its own. */
    public static String downFilter(Realm realm, NodeId node) {
        return prefix(realm, node) + "/dn/#";
    }

    /** Filters of a hub instance for one shard ({@code 0}–{@code f}), shared among instances. */
    public static String[] hubFilters(Realm realm, char shard) {
        String nodes = "$share/ingest/x1/" + realm + "/" + shard + "/n/+/";
        return new String[] {nodes + "up/#", nodes + "state"};
    }

    /** Reads an up topic; empty when it is not one, or its shard is not the node's. */
    public static Optional<Up> parseUp(String topic) {
        String[] parts = topic.split("/", -1);
        if (parts.length < PARTS_MIN || !parts[0].equals("x1") || !parts[3].equals("n")) {
            return Optional.empty();
        }
        if (!parts[1].matches("[a-z0-9-]{2,32}") || !NodeId.isValid(parts[4])) {
            return Optional.empty();
        }
        NodeId node = new NodeId(parts[4]);
        Realm realm = new Realm(parts[1]);
        String prefix = prefix(realm, node) + "/";
        if (!topic.startsWith(prefix)) {
            return Optional.empty();
        }
        return UpKind.ofPath(topic.substring(prefix.length())).map(k -> new Up(realm, node, k));
    }

    /** What a node says. */
    public enum UpKind {
        /** Signed Hello, retained; the will is a signed Offline. */
        STATE("state"),
        CTL("up/ctl"),
        RES("up/res"),
        ATT("up/att"),
        IMG("up/img"),
        /** Blob offers and chunks. */
        BLOB("up/blob");

        private final String path;

        UpKind(String path) {
            this.path = path;
        }

        public String path() {
            return path;
        }

        /** The kind that carries bundles of a lane. */
        public static UpKind of(Lane lane) {
            return switch (lane) {
                case CTL -> CTL;
                case RES -> RES;
                case ATT -> ATT;
                case IMG -> IMG;
            };
        }

        static Optional<UpKind> ofPath(String path) {
            for (UpKind kind : values()) {
                if (kind.path.equals(path)) {
                    return Optional.of(kind);
                }
            }
            return Optional.empty();
        }
    }

    /** What a hub says. */
    public enum DownKind {
        RECEIPT("dn/rcpt"),
        /** Cursor, gap request, Hello request, blob bitmap, key release, rotate. */
        COMMAND("dn/cmd");

        private final String path;

        DownKind(String path) {
            this.path = path;
        }

        public String path() {
            return path;
        }
    }
}
