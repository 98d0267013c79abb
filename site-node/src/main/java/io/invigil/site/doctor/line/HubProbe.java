package io.invigil.site.doctor.line;

import io.invigil.site.doctor.Check;
import io.invigil.site.doctor.Latencies;
import io.invigil.site.doctor.Measured;
import io.invigil.site.doctor.Probe;
import io.invigil.site.doctor.Symptom;
import io.invigil.site.doctor.machine.ReferenceTime;
import io.invigil.site.technician.HubHttp;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import javax.net.ssl.SSLException;

/**
 * Asks the centre over mutual TLS, and notes what its clock says. Away is no failure: the exam does
 * not need it (P8). Somebody else in its place is one.
 */
public final class HubProbe implements Probe {
    private static final String PATH = "/x1/trust";
    private static final int OK = 200;

    private final HubHttp hub;
    private final String shown;
    private final ReferenceTime reference;

    /**
     * @param shown host and port, for the text
     */
    public HubProbe(HubHttp hub, String shown, ReferenceTime reference) {
        this.hub = hub;
        this.shown = shown;
        this.reference = reference;
    }

    @Override
    public Check check() {
        return Check.HUB;
    }

    @Override
    public Measured look() {
        try {
            HubHttp.Greeting greeting = hub.greet(PATH);
            if (greeting.status() != OK) {
                return Measured.of(Symptom.HUB_STRANGE, shown, "HTTP " + greeting.status());
            }
            instant(greeting.date()).ifPresent(date -> reference.heard(date, greeting.took()));
            return Measured.of(Symptom.HUB_REACHED, shown, Latencies.millis(greeting.took()));
        } catch (SSLException strange) {
            return Measured.of(Symptom.HUB_STRANGE, shown, strange.getClass().getSimpleName());
        } catch (IOException away) {
            return Measured.of(Symptom.HUB_AWAY, shown, reason(away));
        }
    }

    /** Why a connection did not come about: its kind, for the text. */
    static String reason(IOException away) {
        if (away instanceof HttpTimeoutException
                || away instanceof java.net.SocketTimeoutException) {
            return "timeout";
        }
        boolean name =
                away instanceof java.net.UnknownHostException
                        || away.getCause() instanceof UnresolvedAddressException
                        || away.getCause() != null
                                && away.getCause().getCause() instanceof UnresolvedAddressException;
        if (name) {
            return "DNS";
        }
        return away instanceof ConnectException ? "refused" : away.getClass().getSimpleName();
    }

    private static Optional<Instant> instant(Optional<String> date) {
        try {
            return date.map(DateTimeFormatter.RFC_1123_DATE_TIME::parse).map(Instant::from);
        } catch (DateTimeParseException malformed) {
            return Optional.empty();
        }
    }
}
