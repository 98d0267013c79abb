package io.invigil.site.doctor.line;

import io.invigil.site.doctor.Check;
import io.invigil.site.doctor.Latencies;
import io.invigil.site.doctor.Measured;
import io.invigil.site.doctor.Probe;
import io.invigil.site.doctor.Symptom;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/** A TCP connection to the message broker, and TLS over it when the node uses TLS there. */
public final class BrokerProbe implements Probe {
    private static final int MILLIS_MAX = 5_000;

    private final URI broker;
    private final SSLContext tls;

    /**
     * @param broker such as {@code ssl://hub.example:8883}
     */
    public BrokerProbe(URI broker, SSLContext tls) {
        this.broker = broker;
        this.tls = tls;
    }

    @Override
    public Check check() {
        return Check.BROKER;
    }

    @Override
    public Measured look() {
        String shown = broker.getHost() + ":" + broker.getPort();
        long start = System.nanoTime();
        try (Socket socket = new Socket()) {
            InetSocketAddress address = new InetSocketAddress(broker.getHost(), broker.getPort());
            if (address.isUnresolved()) {
                throw new UnknownHostException(broker.getHost());
            }
            socket.connect(address, MILLIS_MAX);
            socket.setSoTimeout(MILLIS_MAX);
            long connected = System.nanoTime();
            if ("ssl".equals(broker.getScheme())) {
                handshake(socket);
            }
            return Measured.of(
                    Symptom.BROKER_REACHED,
                    shown,
                    Latencies.millis(Duration.ofNanos(connected - start)),
                    Latencies.millis(Duration.ofNanos(System.nanoTime() - connected)));
        } catch (SSLException strange) {
            return Measured.of(Symptom.BROKER_STRANGE, shown, strange.getClass().getSimpleName());
        } catch (IOException away) {
            return Measured.of(Symptom.BROKER_AWAY, shown, HubProbe.reason(away));
        }
    }

    private void handshake(Socket plain) throws IOException {
        try (SSLSocket secure =
                (SSLSocket)
                        tls.getSocketFactory()
                                .createSocket(plain, broker.getHost(), broker.getPort(), true)) {
            SSLParameters parameters = secure.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            secure.setSSLParameters(parameters);
            secure.startHandshake();
        }
    }
}
