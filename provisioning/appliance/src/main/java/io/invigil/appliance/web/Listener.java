package io.invigil.appliance.web;

/**
 * Where a listener binds.
 *
 * @param host address of an interface; {@code 0.0.0.0} for all
 * @param port 0 takes a free one, see {@link WebServers}
 */
public record Listener(String host, int port) {
    public Listener {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("port must be 0..65535");
        }
    }

    public static Listener loopback(int port) {
        return new Listener("127.0.0.1", port);
    }
}
