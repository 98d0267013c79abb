package io.invigil.hub.fleet;

import io.invigil.appliance.db.Database;
import io.invigil.hub.organisation.StaffScope;
import io.invigil.hub.organisation.TenantId;
import io.invigil.hub.site.SiteId;
import io.invigil.protocol.crypto.SealKey;
import io.invigil.protocol.crypto.SigningKey;
import io.invigil.protocol.fact.NodeId;
import io.invigil.protocol.trust.ClaimCode;
import io.invigil.protocol.trust.EnrolmentRequest;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;

/** Boxes that are let into a realm of whatever world a test has. */
public record TestBox(
        Database database,
        TenantId tenant,
        RealmKeys realm,
        Fleet fleet,
        FleetDirectory directory,
        Clock clock) {

    /** The keys of an enrolled node. */
    public record Box(NodeId node, SigningKey record, SealKey seal) {}

    /** Has a fresh box enrolled under this name for all rooms of the site. */
    public Box enrol(StaffScope staff, NodeId node, SiteId site) {
        SecureRandom random = new SecureRandom();
        SigningKey record = SigningKey.generate(random::nextBytes);
        SealKey seal = SealKey.generate(random::nextBytes);
        ClaimCode code =
                ((Fleet.ClaimDecision.Made) fleet.claim(staff, node.value(), site, List.of()))
                        .code();
        byte[] request =
                EnrolmentRequest.of(
                                code,
                                record.verifyKey(),
                                seal.publicKey(),
                                csr(Keys.newP256(random)),
                                csr(Keys.newP256(random)),
                                List.of("room.lan"),
                                "test",
                                clock.instant())
                        .write(record, code);
        Enrolments enrolments =
                new Enrolments(
                        database,
                        tenant,
                        realm,
                        directory,
                        new Enrolments.Addresses("https://hub", "ssl://hub:8883"),
                        clock,
                        random::nextBytes);
        if (!(enrolments.enrol(request) instanceof Enrolments.Outcome.Enrolled)) {
            throw new IllegalStateException("the box was not let in");
        }
        return new Box(node, record, seal);
    }

    private static byte[] csr(KeyPair pair) {
        try {
            return new JcaPKCS10CertificationRequestBuilder(
                            new X500Name("CN=node"), pair.getPublic())
                    .build(new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate()))
                    .getEncoded();
        } catch (OperatorCreationException | java.io.IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
