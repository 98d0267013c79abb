package io.invigil.hub.broker;

import io.invigil.protocol.carrier.Topics;
import io.invigil.protocol.fact.NodeId;
import io.invigil.protocol.fact.Realm;
import java.util.List;

/**
 * One permission of one identity; what no rule allows is refused (XSP/1 section 5).
 *
 * @param filter topic filter without a {@code $share} prefix
 * @param shared for a subscription: whether it is through the group {@link #SHARE_GROUP}
 */
public record TopicRule(Act act, String filter, Retain retain, boolean shared) {
    /** The group in which hub instances share the upward topics. */
    public static final String SHARE_GROUP = "ingest";

    /** What a client does with a topic. */
    public enum Act {
        PUBLISH,
        SUBSCRIBE
    }

    /** Whether published messages may be retained; only {@code state} may. */
    public enum Retain {
        ALLOWED,
        FORBIDDEN
    }

    /** All that this client may do. */
    public static List<TopicRule> of(MqttIdentity identity) {
        return identity.role() == MqttIdentity.Role.NODE
                ? node(identity.realm(), shardOf(identity.id()), identity.id())
                : hub(identity.realm());
    }

    /** First hexadecimal digit of SHA-256 of the node id. */
    public static String shardOf(String node) {
        return Topics.shard(new NodeId(node));
    }

    /** A node's rules; shard and node may be a broker's own placeholders. */
    static List<TopicRule> node(Realm realm, String shard, String node) {
        String base = "x1/" + realm.value() + "/" + shard + "/n/" + node;
        return List.of(
                new TopicRule(Act.PUBLISH, base + "/state", Retain.ALLOWED, false),
                new TopicRule(Act.PUBLISH, base + "/up/+", Retain.FORBIDDEN, false),
                new TopicRule(Act.SUBSCRIBE, base + "/dn/#", Retain.FORBIDDEN, false));
    }

    static List<TopicRule> hub(Realm realm) {
        String base = "x1/" + realm.value() + "/+/n/+";
        return List.of(
                new TopicRule(Act.PUBLISH, base + "/dn/+", Retain.FORBIDDEN, false),
                new TopicRule(Act.SUBSCRIBE, base + "/state", Retain.FORBIDDEN, true),
                new TopicRule(Act.SUBSCRIBE, base + "/up/#", Retain.FORBIDDEN, true));
    }
}
