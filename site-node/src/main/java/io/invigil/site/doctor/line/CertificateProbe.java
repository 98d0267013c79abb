package io.invigil.site.doctor.line;

import io.invigil.site.doctor.Check;
import io.invigil.site.doctor.Measured;
import io.invigil.site.doctor.Probe;
import io.invigil.site.doctor.Symptom;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;

/** The ends of the node's certificates and of the authority above them. */
public final class CertificateProbe implements Probe {
    /** From here on the node asks for new ones by itself. */
    public static final Duration LEFT_GOOD = Duration.ofDays(30);

    private final Supplier<List<X509Certificate>> certificates;
    private final Clock clock;

    /**
     * @param certificates as they are in force: for the room, towards the centre, authorities
     */
    public CertificateProbe(Supplier<List<X509Certificate>> certificates, Clock clock) {
        this.certificates = certificates;
        this.clock = clock;
    }

    @Override
    public Check check() {
        return Check.CERTIFICATES;
    }

    @Override
    public Measured look() {
        Instant now = clock.instant();
        List<X509Certificate> all = certificates.get();
        Instant end =
                all.stream()
                        .map(certificate -> certificate.getNotAfter().toInstant())
                        .min(Instant::compareTo)
                        .orElseThrow();
        boolean begun =
                all.stream().allMatch(each -> !now.isBefore(each.getNotBefore().toInstant()));
        long days = Duration.between(now, end).toDays();
        Symptom symptom =
                !begun || !now.isBefore(end)
                        ? Symptom.CERTIFICATES_ENDED
                        : now.plus(LEFT_GOOD).isAfter(end)
                                ? Symptom.CERTIFICATES_ENDING
                                : Symptom.CERTIFICATES_VALID;
        return Measured.of(symptom, days, all.size(), end.toString().substring(0, 10));
    }
}
