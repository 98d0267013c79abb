package io.invigil.hub.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.invigil.hub.broker.MqttIdentity;
import io.invigil.protocol.fact.NodeId;
import io.invigil.protocol.fact.Realm;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;
import org.junit.jupiter.api.Test;

class CertificateAuthorityTest {
    private static final Instant NOW = Instant.parse("2026-11-20T02:00:00Z");
    private final SecureRandom random = new SecureRandom();
    private final CertificateAuthority authority =
            CertificateAuthority.found("test", Clock.fixed(NOW, ZoneOffset.UTC), random)
                    .authority();

    @Test
    void issuesAServerLeafForNamesAndAddressesWithinTheLongestAge() throws Exception {
        KeyPair pair = Keys.newP256(random);
        List<X509Certificate> chain =
                authority.issueServer(
                        "room",
                        pair.getPublic(),
                        ServerNames.of(List.of("room-1.lan", "192.168.1.10", "fd00::1")));
        X509Certificate leaf = chain.getFirst();
        leaf.verify(authority.chain().getFirst().getPublicKey());
        authority.chain().getFirst().verify(authority.root().getPublicKey());
        assertThat(leaf.getBasicConstraints()).isEqualTo(-1);
        assertThat(leaf.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.1");
        assertThat(leaf.getSubjectAlternativeNames()).hasSize(3);
        assertThat(leaf.getNotBefore().toInstant()).isEqualTo(NOW.minus(Duration.ofDays(30)));
        assertThat(
                        Duration.between(
                                leaf.getNotBefore().toInstant(), leaf.getNotAfter().toInstant()))
                .isEqualTo(Duration.ofDays(800));
        assertThat(Keys.readCertificates(Keys.pem(chain))).isEqualTo(chain);
        assertThat(MqttIdentity.of(leaf)).isEmpty();
    }

    @Test
    void putsTheIdentityIntoAClientLeaf() {
        MqttIdentity node = MqttIdentity.node(new Realm("test"), new NodeId("room-one"));
        PublicKey key = Keys.newP256(random).getPublic();
        X509Certificate leaf = authority.issueClient(node.commonName(), node.urn(), key).getFirst();
        assertThat(MqttIdentity.of(leaf)).contains(node);
    }

    @Test
    void takesAKeyOnlyWithProofOfPossession() throws Exception {
        KeyPair own = Keys.newP256(random);
        KeyPair other = Keys.newP256(random);
        assertThat(Keys.provenKey(request(own.getPublic(), own.getPrivate())))
                .contains(own.getPublic());
        assertThat(Keys.provenKey(request(own.getPublic(), other.getPrivate()))).isEmpty();
        assertThat(Keys.provenKey(new byte[0])).isEmpty();
        assertThat(Keys.provenKey(new byte[Keys.CSR_BYTES_MAX + 1])).isEmpty();
        byte[] flipped = request(own.getPublic(), own.getPrivate());
        for (int i = 0; i < flipped.length; i++) {
            flipped[i] ^= 1;
            // the empty list of attributes may change its form; the proven key may not
            assertThat(Keys.provenKey(flipped).filter(key -> !key.equals(own.getPublic())))
                    .as("byte " + i)
                    .isEmpty();
            flipped[i] ^= 1;
        }
    }

    @Test
    void refusesNamesThatAreNone() {
        for (String bad : List.of("", "a b", "-x", "x_y", "UPPER", "*.lan")) {
            assertThatThrownBy(() -> ServerNames.of(List.of(bad)))
                    .as(bad)
                    .isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> ServerNames.of(List.of()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(ServerNames.of(Collections.nCopies(ServerNames.NAMES_MAX, "a")).dns())
                .hasSize(ServerNames.NAMES_MAX);
        assertThatThrownBy(
                        () -> ServerNames.of(Collections.nCopies(ServerNames.NAMES_MAX + 1, "a")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void listsRevokedSerialNumbers() throws Exception {
        X509Certificate leaf =
                authority
                        .issueClient("n", "urn:xsp:test:node:abc", Keys.newP256(random).getPublic())
                        .getFirst();
        var list = authority.revocationList(Map.of(leaf.getSerialNumber(), NOW));
        list.verify(authority.chain().getFirst().getPublicKey());
        assertThat(list.isRevoked(leaf)).isTrue();
        assertThat(list.isRevoked(authority.root())).isFalse();
    }

    @Test
    void readsOnlyIdentitiesOfTheExactForm() {
        for (String bad :
                List.of(
                        "urn:xsp:test:node:hub",
                        "urn:xsp:test:node:ab",
                        "urn:xsp:test:node:Room",
                        "urn:xsp:test:admin:abc",
                        "urn:xsp::node:abc",
                        "urn:xsp:test:node:abc:x",
                        "URN:xsp:test:node:abc")) {
            assertThat(MqttIdentity.parse(bad)).as(bad).isEmpty();
        }
    }

    private static byte[] request(PublicKey key, PrivateKey signer) throws Exception {
        return new JcaPKCS10CertificationRequestBuilder(new X500Name("CN=ignored"), key)
                .build(new JcaContentSignerBuilder("SHA256withECDSA").build(signer))
                .getEncoded();
    }
}
