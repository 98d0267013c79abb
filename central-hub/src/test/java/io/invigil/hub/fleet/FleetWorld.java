package io.invigil.hub.fleet;

import io.invigil.appliance.data.DataKey;
import io.invigil.appliance.data.KeyFile;
import io.invigil.appliance.db.Database;
import io.invigil.hub.organisation.Organisation;
import io.invigil.hub.organisation.OrganisationId;
import io.invigil.hub.organisation.OrganisationKind;
import io.invigil.hub.organisation.StaffRole;
import io.invigil.hub.organisation.StaffScope;
import io.invigil.hub.organisation.TenantId;
import io.invigil.hub.site.SiteId;
import io.invigil.hub.site.Sites;
import io.invigil.protocol.crypto.Entropy;
import io.invigil.protocol.crypto.SealKey;
import io.invigil.protocol.crypto.SigningKey;
import io.invigil.protocol.fact.NodeId;
import io.invigil.protocol.fact.Realm;
import io.invigil.protocol.trust.ClaimCode;
import io.invigil.protocol.trust.EnrolmentRequest;
import io.invigil.protocol.trust.RenewalRequest;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;

/** A tenant with one approved site, a founded realm, staff, and boxes that ask to be let in. */
public final class FleetWorld {
    public static final SiteId SITE = new SiteId(7);
    public static final Realm REALM = new Realm("test");

    public final TenantId tenant;
    public final RealmKeys realm;
    public final FleetDirectory directory;
    public final Fleet fleet;
    public final Enrolments enrolments;
    public final StaffScope body;
    public final StaffScope clerk;
    private final SecureRandom random = new SecureRandom();
    private final Clock clock;

    public FleetWorld(Database database, long tenantNumber, Path directoryOfKeys, Clock clock)
            throws Exception {
        this.clock = clock;
        this.tenant = new TenantId(tenantNumber);
        Entropy entropy = random::nextBytes;
        KeyFile keys = new KeyFile(directoryOfKeys, DataKey.of(new byte[DataKey.BYTES]), entropy);
        this.realm =
                new RealmFounding(keys, clock, random)
                        .found(REALM, directoryOfKeys.resolve("root.json"));
        database.useTransaction(tx -> insertSite(tx, tenantNumber));
        this.directory = new FleetDirectory(database, tenant, REALM, (tx, node) -> Set.of());
        this.fleet = new Fleet(database, tenant, realm, new Sites(), directory, clock, entropy);
        this.enrolments =
                new Enrolments(
                        database,
                        tenant,
                        realm,
                        directory,
                        new Enrolments.Addresses("https://hub:8443", "ssl://hub:8883"),
                        clock,
                        entropy);
        this.body = scope(1, OrganisationKind.BODY, StaffRole.BODY_STAFF);
        this.clerk = scope(2, OrganisationKind.SCHOOL, StaffRole.SCHOOL_CLERK);
    }

    private StaffScope scope(long id, OrganisationKind kind, StaffRole role) {
        return new StaffScope(
                tenant,
                "staff" + id,
                new Organisation(tenant, new OrganisationId(id), kind, "C" + id, "机构" + id, "省"),
                role);
    }

    private static void insertSite(io.invigil.appliance.db.Tx tx, long tenant) {
        tx.update("insert into tenant (id, name) values (:t, 'T')").bind("t", tenant).execute();
        for (int id = 1; id <= 2; id++) {
            tx.update(
                            """
                            insert into organisation (tenant, id, kind, code, name, region)
                            values (:t, :id, :kind, :code, :code, 'r')
                            """)
                    .bind("t", tenant)
                    .bind("id", (long) id)
                    .bind("kind", id == 1 ? "BODY" : "SCHOOL")
                    .bind("code", "C" + id)
                    .execute();
        }
        tx.update(
                        """
                        insert into site (tenant, id, school, name, region, address, contact, phone,
                            approval, reason)
                        values (:t, :id, 2, '第一考核站点', 'r', 'a', 'c', 'p', 'APPROVED', '')
                        """)
                .bind("t", tenant)
                .bind("id", SITE.value())
                .execute();
    }

    public ClaimCode claim(String node) {
        return ((Fleet.ClaimDecision.Made) fleet.claim(body, node, SITE, List.of("101室"))).code();
    }

    /** A fresh box with its own keys. */
    public Box box() {
        return new Box();
    }

    /** What a node makes before it asks to be let in. */
    public final class Box {
        public final SigningKey record = SigningKey.generate(random::nextBytes);
        public final SealKey seal = SealKey.generate(random::nextBytes);
        public final KeyPair client = Keys.newP256(random);
        public final KeyPair server = Keys.newP256(random);

        /** Asks for new certificates of room-one, signed by whatever key. */
        public byte[] renewal(SigningKey signer) {
            return RenewalRequest.of(
                            REALM,
                            new NodeId("room-one"),
                            csr(client, client),
                            csr(server, server),
                            List.of("room-one.lan"),
                            "invigil-node 0.1.0",
                            clock.instant())
                    .sign(signer);
        }

        public byte[] request(ClaimCode code) {
            return request(code, List.of("room-one.lan", "192.168.1.20"), client, client, server);
        }

        public byte[] request(
                ClaimCode code,
                List<String> names,
                KeyPair client,
                KeyPair signer,
                KeyPair server) {
            return EnrolmentRequest.of(
                            code,
                            record.verifyKey(),
                            seal.publicKey(),
                            csr(client, signer),
                            csr(server, server),
                            names,
                            "invigil-node 0.1.0",
                            clock.instant())
                    .write(record, code);
        }
    }

    private static byte[] csr(KeyPair subject, KeyPair signer) {
        try {
            return new JcaPKCS10CertificationRequestBuilder(
                            new X500Name("CN=node"), subject.getPublic())
                    .build(
                            new JcaContentSignerBuilder("SHA256withECDSA")
                                    .build(signer.getPrivate()))
                    .getEncoded();
        } catch (OperatorCreationException | java.io.IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
