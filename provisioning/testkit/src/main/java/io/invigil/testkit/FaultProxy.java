package io.invigil.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A TCP proxy on loopback that does to connections what networks do: cut, delay, slow down, fall
 * silent, refuse. All faults can be set and lifted while connections run. Thread-safe.
 */
public final class FaultProxy implements AutoCloseable {
    public static final int CONNECTIONS_MAX = 1_000;

    private final InetSocketAddress target;
    private final ServerSocket server;
    private final Set<FaultyConnection> connections = ConcurrentHashMap.newKeySet();
    private final AtomicLong accepted = new AtomicLong();
    private final Faults faults = new Faults();
    private volatile boolean refusing;
    private volatile int connectionsAtOnceMax = CONNECTIONS_MAX;
    private volatile boolean closed;

    /** The faults that running connections look at before each piece. */
    static final class Faults {
        volatile Duration delay = Duration.ZERO;
        volatile long bytesPerSecond = Long.MAX_VALUE;
        volatile boolean silent;

        /** Counts down over both directions of all connections; at zero everything is cut. */
        final AtomicLong bytesUntilCut = new AtomicLong(Long.MAX_VALUE);
    }

    private FaultProxy(InetSocketAddress target, ServerSocket server) {
        this.target = target;
        this.server = server;
    }

    /** Starts a proxy in front of a port of this machine. */
    public static FaultProxy before(int port) {
        try {
            ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
            FaultProxy proxy =
                    new FaultProxy(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), port), server);
            Thread.ofVirtual().name("fault-proxy").start(proxy::acceptAll);
            return proxy;
        } catch (IOException failure) {
            throw new UncheckedIOException("no port for the proxy", failure);
        }
    }

    /** The port clients connect to. */
    public int port() {
        return server.getLocalPort();
    }

    /** Closes every connection with a reset; new ones are taken. */
    public FaultProxy cut() {
        connections.forEach(FaultyConnection::reset);
        return this;
    }

    /** New connections are closed at once; running ones stay. */
    public FaultProxy refuse(boolean on) {
        refusing = on;
        return this;
    }

    /** As a pulled cable: nothing runs and nothing starts, until {@link #plug}. */
    public FaultProxy unplug() {
        refuse(true);
        return cut();
    }

    public FaultProxy plug() {
        return refuse(false);
    }

    /** Every piece arrives later by so much, in both directions. */
    public FaultProxy delay(Duration delay) {
        faults.delay = delay;
        return this;
    }

    /** Bytes per second and direction of each connection. */
    public FaultProxy bandwidth(long bytesPerSecond) {
        if (bytesPerSecond < 1) {
            throw new IllegalArgumentException("bytesPerSecond must be positive");
        }
        faults.bytesPerSecond = bytesPerSecond;
        return this;
    }

    /**
     * Half-open: connections stay, what is sent vanishes (fault 30). Lifting it cuts the
     * connections that lost bytes, because they could never be whole again.
     */
    public FaultProxy silence(boolean on) {
        faults.silent = on;
        if (!on) {
            connections.stream().filter(FaultyConnection::lostBytes).forEach(c -> c.reset());
        }
        return this;
    }

    /** Lets so many bytes more through, counted over everything, then cuts all connections. */
    public FaultProxy cutAfter(long bytes) {
        faults.bytesUntilCut.set(bytes);
        return this;
    }

    /** Connections beyond this number are closed at once. */
    public FaultProxy connectionsAtOnce(int most) {
        connectionsAtOnceMax = Math.min(most, CONNECTIONS_MAX);
        return this;
    }

    /** No delay, no limit, not silent, not refusing. */
    public FaultProxy heal() {
        faults.bytesUntilCut.set(Long.MAX_VALUE);
        faults.bytesPerSecond = Long.MAX_VALUE;
        connectionsAtOnceMax = CONNECTIONS_MAX;
        return delay(Duration.ZERO).silence(false).refuse(false);
    }

    /** Connections running now. */
    public int connections() {
        return connections.size();
    }

    /** Connections let through since the start. */
    public long accepted() {
        return accepted.get();
    }

    private void acceptAll() {
        while (!closed) {
            try {
                accept(server.accept());
            } catch (IOException failure) {
                if (!closed) {
                    throw new UncheckedIOException("the proxy cannot accept", failure);
                }
            }
        }
    }

    private void accept(Socket client) throws IOException {
        if (refusing || connections.size() >= connectionsAtOnceMax) {
            client.setSoLinger(true, 0);
            client.close();
            return;
        }
        Socket upstream = new Socket();
        try {
            upstream.connect(target, 5_000);
        } catch (IOException targetDown) {
            // the client sees what it would see without a proxy: a closed connection
            client.setSoLinger(true, 0);
            client.close();
            upstream.close();
            return;
        }
        accepted.incrementAndGet();
        FaultyConnection connection =
                new FaultyConnection(client, upstream, faults, this::cut, connections::remove);
        connections.add(connection);
        connection.start();
    }

    @Override
    public void close() {
        closed = true;
        try {
            server.close();
        } catch (IOException failure) {
            throw new UncheckedIOException("the proxy does not close", failure);
        } finally {
            cut();
        }
    }
}
