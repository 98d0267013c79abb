package io.invigil.site.technician;

import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;

/** The certificate under which a node serves its set-up, made by itself. */
public final class SetupCertificate {
    private SetupCertificate() {}

    public static X509Certificate make(KeyPair pair, List<String> names, Instant now) {
        return NodeCertificates.selfSigned(pair, names, now);
    }
}
