package io.invigil.site.web;

import io.invigil.appliance.data.PrivateFiles;
import io.invigil.appliance.web.session.MemorySessions;
import io.invigil.appliance.web.session.Session;
import io.invigil.appliance.web.session.SessionStore;
import io.invigil.protocol.crypto.Aead;
import io.invigil.protocol.crypto.Digest;
import io.invigil.protocol.crypto.Entropy;
import io.invigil.protocol.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Sessions in memory, with a copy in one encrypted file, so that a restart in the middle of an exam
 * sends nobody back to the login page. The file is written beside the requests, a moment late: a
 * session that it misses costs a new login and nothing else. Thread-safe.
 */
public final class SavedSessions implements SessionStore, AutoCloseable {
    private static final byte[] LABEL = "invigil sessions".getBytes(StandardCharsets.US_ASCII);
    private static final int FILE_BYTES_MAX = 32 * 1024 * 1024;
    private static final long WRITE_EVERY_MILLIS = 250;

    private static final System.Logger LOG = System.getLogger(SavedSessions.class.getName());

    private final MemorySessions memory = new MemorySessions();
    private final Map<Digest, Session> all = new HashMap<>();
    private final Path file;
    private final byte[] key;
    private final Entropy entropy;
    private final Thread writer;
    private boolean changed;
    private boolean closed;

    private record Saved(String idHash, Session session) {}

    private record Content(List<Saved> sessions) {}

    /**
     * @param key 32 bytes for this purpose alone
     */
    public SavedSessions(Path file, byte[] key, Entropy entropy) {
        this.file = file;
        this.key = key.clone();
        this.entropy = entropy;
        read();
        this.writer = Thread.ofPlatform().name("session-writer").daemon().start(this::run);
    }

    private void read() {
        try {
            if (!Files.exists(file) || Files.size(file) > FILE_BYTES_MAX) {
                return;
            }
            byte[] bytes = Files.readAllBytes(file);
            Optional<Content> content =
                    bytes.length < Aead.NONCE_BYTES
                            ? Optional.empty()
                            : Aead.decrypt(
                                            key,
                                            Arrays.copyOf(bytes, Aead.NONCE_BYTES),
                                            LABEL,
                                            Arrays.copyOfRange(
                                                    bytes, Aead.NONCE_BYTES, bytes.length))
                                    .flatMap(json -> Json.read(json, Content.class));
            if (content.isEmpty()) {
                LOG.log(System.Logger.Level.WARNING, "{0} is damaged: all log in again", file);
            }
            content.ifPresent(c -> c.sessions().forEach(saved -> keep(saved.session())));
        } catch (IOException unreadable) {
            throw new UncheckedIOException("cannot read " + file, unreadable);
        }
    }

    private void keep(Session session) {
        memory.save(session);
        all.put(session.idHash(), session);
    }

    @Override
    public Optional<Session> find(Digest idHash) {
        return memory.find(idHash);
    }

    @Override
    public synchronized void save(Session session) {
        keep(session);
        // the memory forgets the oldest beyond its limit
        all.keySet().removeIf(id -> all.size() > MemorySessions.SESSIONS_MAX && gone(id));
        note();
    }

    @Override
    public synchronized void seen(Digest idHash, Instant now) {
        memory.seen(idHash, now);
        all.computeIfPresent(idHash, (id, session) -> session.seen(now));
        note();
    }

    @Override
    public synchronized void delete(Digest idHash) {
        memory.delete(idHash);
        all.remove(idHash);
        note();
    }

    @Override
    public List<Session> ofAccount(long tenant, long account) {
        return memory.ofAccount(tenant, account);
    }

    @Override
    public synchronized void deleteAccount(long tenant, long account) {
        memory.deleteAccount(tenant, account);
        all.keySet().removeIf(this::gone);
        note();
    }

    @Override
    public synchronized void deleteExpired(Instant now, Instant idleSince) {
        memory.deleteExpired(now, idleSince);
        all.keySet().removeIf(this::gone);
        note();
    }

    private boolean gone(Digest id) {
        return memory.find(id).isEmpty();
    }

    private void note() {
        changed = true;
        notifyAll();
    }

    private void run() {
        try {
            while (true) {
                List<Saved> sessions;
                synchronized (this) {
                    while (!changed && !closed) {
                        wait();
                    }
                    if (!changed) {
                        return;
                    }
                    changed = false;
                    sessions =
                            all.values().stream().map(s -> new Saved(s.idHash().hex(), s)).toList();
                }
                write(sessions);
                Thread.sleep(WRITE_EVERY_MILLIS);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void write(List<Saved> sessions) {
        byte[] nonce = entropy.bytes(Aead.NONCE_BYTES);
        byte[] sealed = Aead.encrypt(key, nonce, LABEL, Json.write(new Content(sessions)));
        byte[] bytes = Arrays.copyOf(nonce, nonce.length + sealed.length);
        System.arraycopy(sealed, 0, bytes, nonce.length, sealed.length);
        try {
            PrivateFiles.write(file, bytes);
        } catch (UncheckedIOException full) {
            // sessions go on in memory; the disk's own alarm tells why
            LOG.log(System.Logger.Level.WARNING, "sessions are not saved", full);
        }
    }

    /** Writes what is open and stops. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            notifyAll();
        }
        try {
            writer.join(2_000);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
