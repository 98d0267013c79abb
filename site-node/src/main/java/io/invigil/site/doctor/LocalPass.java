package io.invigil.site.doctor;

import io.invigil.appliance.data.PrivateFiles;
import io.invigil.appliance.web.limit.Throttle;
import io.invigil.protocol.crypto.Entropy;
import io.invigil.protocol.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Lets {@code invigil doctor} ask a running node without a password: a random pass, new at each
 * start, in a file of the data directory that only the service's user can read. Thread-safe.
 */
public final class LocalPass {
    public static final String FILE = "local-pass.json";
    private static final int PASS_BYTES = 32;
    private static final int FILE_BYTES_MAX = 4_096;
    private static final int TYPED_CHARS_MAX = 200;

    private final String pass;
    private final Throttle throttle;

    /**
     * What stands in the file.
     *
     * @param port of the node's HTTPS
     */
    public record Kept(String host, int port, String pass) {
        /** Reads the file; empty when there is none or it is of another form. */
        public static Optional<Kept> read(Path file) {
            try {
                return Files.isRegularFile(file) && Files.size(file) <= FILE_BYTES_MAX
                        ? Json.read(Files.readAllBytes(file), Kept.class)
                        : Optional.empty();
            } catch (IOException unreadable) {
                throw new UncheckedIOException("cannot read " + file, unreadable);
            }
        }
    }

    public LocalPass(Entropy entropy, Clock clock) {
        this.pass = HexFormat.of().formatHex(entropy.bytes(PASS_BYTES));
        this.throttle = new Throttle(10, Duration.ofSeconds(10), clock);
    }

    /**
     * Writes the file once the port is known.
     *
     * @param host address that the node listens on
     */
    public void write(Path file, String host, int port) {
        boolean everywhere = host.equals("0.0.0.0") || host.equals("::");
        PrivateFiles.write(file, Json.write(new Kept(everywhere ? "127.0.0.1" : host, port, pass)));
    }

    /** In constant time, behind a throttle for each address. */
    boolean opens(String typed, String address) {
        return typed.length() <= TYPED_CHARS_MAX
                && throttle.allow(address)
                && MessageDigest.isEqual(
                        typed.getBytes(StandardCharsets.UTF_8),
                        pass.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String toString() {
        return "LocalPass[hidden]";
    }
}
