package io.invigil.hub.broker;

import io.invigil.protocol.fact.NodeId;
import io.invigil.protocol.fact.Realm;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Who a TLS client is, by the one URI subject alternative name of its certificate, {@code
 * urn:xsp:{realm}:{node|hub}:{id}} (XSP/1 section 5).
 *
 * @param id the node id, or the name of a hub instance in the same form
 */
public record MqttIdentity(Realm realm, Role role, String id) {
    /** What the holder of a certificate does. */
    public enum Role {
        NODE,
        HUB;

        String word() {
            return this == NODE ? "node" : "hub";
        }
    }

    private static final String EKU_CLIENT_AUTH = "1.3.6.1.5.5.7.3.2";
    private static final int SAN_URI = 6;
    private static final Pattern FORM =
            Pattern.compile("urn:xsp:([a-z0-9-]{2,32}):(node|hub):([a-z0-9-]{3,32})");

    public MqttIdentity {
        if (role == Role.NODE && !NodeId.isValid(id) || !id.matches("[a-z0-9-]{3,32}")) {
            throw new IllegalArgumentException("not an id of a " + role.word());
        }
    }

    public static MqttIdentity node(Realm realm, NodeId node) {
        return new MqttIdentity(realm, Role.NODE, node.value());
    }

    public static MqttIdentity hub(Realm realm, String instance) {
        return new MqttIdentity(realm, Role.HUB, instance);
    }

    /** The name as it stands in the certificate. */
    public String urn() {
        return "urn:xsp:" + realm.value() + ":" + role.word() + ":" + id;
    }

    /**
     * The common name beside it, for brokers that know no other: the node id, or {@code hub:} and
     * the instance, which no node id can be.
     */
    public String commonName() {
        return role == Role.NODE ? id : "hub:" + id;
    }

    /** Reads a name; empty for anything but exactly that form. */
    public static Optional<MqttIdentity> parse(String urn) {
        Matcher matcher = FORM.matcher(urn);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        boolean node = matcher.group(2).equals("node");
        if (node && !NodeId.isValid(matcher.group(3))) {
            return Optional.empty();
        }
        return Optional.of(
                new MqttIdentity(
                        new Realm(matcher.group(1)),
                        node ? Role.NODE : Role.HUB,
                        matcher.group(3)));
    }

    /**
     * The identity in a certificate whose chain the TLS layer has verified. Empty unless it is for
     * client authentication and holds exactly one URI name, of our form.
     */
    public static Optional<MqttIdentity> of(X509Certificate certificate) {
        try {
            List<String> usages = certificate.getExtendedKeyUsage();
            Collection<List<?>> names = certificate.getSubjectAlternativeNames();
            if (usages == null || !usages.contains(EKU_CLIENT_AUTH) || names == null) {
                return Optional.empty();
            }
            List<String> urns = new ArrayList<>();
            for (List<?> name : names) {
                if (name.get(0).equals(SAN_URI)) {
                    urns.add((String) name.get(1));
                }
            }
            return urns.size() == 1 ? parse(urns.getFirst()) : Optional.empty();
        } catch (CertificateParsingException malformed) {
            return Optional.empty();
        }
    }

    /**
     * Whether this client may use an MQTT client id. A node's begins with its id, a hub's with
     * {@code hub:} and its name; both may go on with a colon and more, so a clone of a node need
     * not throw the original out (fault row 46), and nobody can throw out another.
     */
    public boolean mayUseClientId(String clientId) {
        return clientId.equals(commonName()) || clientId.startsWith(commonName() + ":");
    }
}
