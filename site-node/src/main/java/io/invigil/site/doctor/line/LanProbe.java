package io.invigil.site.doctor.line;

import io.invigil.site.doctor.Check;
import io.invigil.site.doctor.Measured;
import io.invigil.site.doctor.Probe;
import io.invigil.site.doctor.Symptom;
import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;

/** Whether the room's PCs can reach this node by an address that its certificate names. */
public final class LanProbe implements Probe {
    private static final int ADDRESSES_MAX = 16;

    private final Addresses addresses;
    private final Supplier<X509Certificate> certificate;

    /** Where the addresses of this machine come from. */
    @FunctionalInterface
    public interface Addresses {
        List<InetAddress> now() throws IOException;
    }

    /**
     * @param certificate of the room's HTTPS, as it is in force
     */
    public LanProbe(Addresses addresses, Supplier<X509Certificate> certificate) {
        this.addresses = addresses;
        this.certificate = certificate;
    }

    @Override
    public Check check() {
        return Check.LAN;
    }

    @Override
    public Measured look() throws IOException {
        List<String> here = addresses.now().stream().map(LanProbe::text).toList();
        List<String> named = names(certificate.get());
        String shown = String.join(", ", here);
        String names = String.join(", ", named);
        if (here.isEmpty()) {
            return Measured.of(Symptom.LAN_NONE, "–", names);
        }
        return here.stream().anyMatch(named::contains)
                ? Measured.of(Symptom.LAN_READY, shown, names)
                : Measured.of(Symptom.LAN_NOT_IN_CERTIFICATE, shown, names);
    }

    /** IPv4 and global IPv6 addresses of interfaces that are up; none of the machine's own loop. */
    public static List<InetAddress> ofThisMachine() throws IOException {
        List<InetAddress> found = new ArrayList<>();
        for (NetworkInterface each : NetworkInterface.networkInterfaces().toList()) {
            if (each.isUp() && !each.isLoopback()) {
                each.inetAddresses()
                        .filter(a -> !a.isLinkLocalAddress() && !a.isLoopbackAddress())
                        .forEach(found::add);
            }
        }
        return found.stream()
                .sorted(Comparator.comparing(LanProbe::text))
                .limit(ADDRESSES_MAX)
                .toList();
    }

    private static String text(InetAddress address) {
        String text = address.getHostAddress();
        int scope = text.indexOf('%');
        return scope < 0 ? text : text.substring(0, scope);
    }

    /** DNS names and addresses that the certificate is for. */
    static List<String> names(X509Certificate certificate) {
        try {
            Collection<List<?>> names = certificate.getSubjectAlternativeNames();
            return names == null
                    ? List.of()
                    : names.stream().map(name -> String.valueOf(name.get(1))).toList();
        } catch (CertificateParsingException malformed) {
            return List.of();
        }
    }
}
