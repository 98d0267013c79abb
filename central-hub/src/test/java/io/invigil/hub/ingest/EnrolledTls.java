package io.invigil.hub.ingest;

import io.invigil.hub.fleet.Enrolments;
import io.invigil.hub.fleet.FleetWorld;
import io.invigil.hub.fleet.Keys;
import io.invigil.protocol.trust.ClaimCode;
import io.invigil.protocol.trust.EnrolmentReply;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** What a box has for its connections once it was let in. */
final class EnrolledTls {
    private EnrolledTls() {}

    static SSLContext of(FleetWorld world, FleetWorld.Box box, String name) throws Exception {
        ClaimCode code = world.claim(name);
        byte[] request = box.request(code);
        var enrolled = (Enrolments.Outcome.Enrolled) world.enrolments.enrol(request);
        var reply =
                (EnrolmentReply.Outcome.Enrolled)
                        EnrolmentReply.read(enrolled.reply(), code, box.seal, request);
        List<X509Certificate> chain = Keys.readCertificates(reply.reply().clientChain());
        char[] none = new char[0];
        KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
        keys.init(Keys.keyStore(box.client.getPrivate(), chain, none), none);
        TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(Keys.trustStore(List.of(world.realm.authority().root())));
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(keys.getKeyManagers(), trust.getTrustManagers(), new SecureRandom());
        return tls;
    }
}
