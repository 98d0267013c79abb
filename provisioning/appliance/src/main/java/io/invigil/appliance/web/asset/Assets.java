package io.invigil.appliance.web.asset;

import io.invigil.protocol.crypto.Digest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;

/**
 * Files of the class path below {@code web/<module>/}, served as {@code /assets/<module>/…}. The
 * address made by {@link #url} carries a fingerprint and may be cached for ever; without it the
 * browser asks again by ETag. Thread-safe.
 */
public final class Assets {
    public static final String PATH = "/assets/";
    public static final int FILE_BYTES_MAX = 16 * 1024 * 1024;

    private static final String HTMX =
            "META-INF/resources/webjars/htmx.org/2.0.10/dist/htmx.min.js";
    private static final Pattern NAME =
            Pattern.compile("[a-z0-9-]{1,40}(/[A-Za-z0-9_-][A-Za-z0-9._-]{0,80}){1,6}");
    private static final int GZIP_BYTES_MIN = 1_000;
    private static final Map<String, String> MEDIA_TYPES =
            Map.ofEntries(
                    Map.entry("css", "text/css; charset=utf-8"),
                    Map.entry("js", "text/javascript; charset=utf-8"),
                    Map.entry("json", "application/json"),
                    Map.entry("svg", "image/svg+xml"),
                    Map.entry("png", "image/png"),
                    Map.entry("jpg", "image/jpeg"),
                    Map.entry("webp", "image/webp"),
                    Map.entry("ico", "image/x-icon"),
                    Map.entry("woff2", "font/woff2"),
                    Map.entry("mp3", "audio/mpeg"),
                    Map.entry("wasm", "application/wasm"),
                    Map.entry("webmanifest", "application/manifest+json"),
                    Map.entry("txt", "text/plain; charset=utf-8"));

    private final ClassLoader loader;
    private final Set<String> modules;
    private final Map<String, Asset> loaded = new ConcurrentHashMap<>();

    /** One file, ready to be sent. The arrays are not to be changed. */
    public record Asset(String mediaType, byte[] bytes, Optional<byte[]> gzip, String fingerprint) {
        public String etag() {
            return "\"" + fingerprint + "\"";
        }
    }

    /**
     * @param modules the first parts of names that are served, such as "hub"; "appliance" and
     *     "htmx" always are
     */
    public Assets(ClassLoader loader, String... modules) {
        this.loader = loader;
        java.util.HashSet<String> all = new java.util.HashSet<>(Set.of(modules));
        all.add("appliance");
        all.add("htmx");
        this.modules = Set.copyOf(all);
    }

    /**
     * The address of a file.
     *
     * @param name such as {@code hub/plan.js}
     * @throws IllegalArgumentException when there is no such file: a mistake in the program
     */
    public String url(String name) {
        Asset asset =
                find(name).orElseThrow(() -> new IllegalArgumentException("no asset " + name));
        return PATH + name + "?v=" + asset.fingerprint();
    }

    /** The file of this name; empty for everything that is not one. */
    public Optional<Asset> find(String name) {
        Asset cached = loaded.get(name);
        if (cached != null) {
            return Optional.of(cached);
        }
        if (!NAME.matcher(name).matches()
                || !modules.contains(name.substring(0, name.indexOf('/')))) {
            return Optional.empty();
        }
        Optional<String> mediaType =
                Optional.ofNullable(MEDIA_TYPES.get(name.substring(name.lastIndexOf('.') + 1)));
        Optional<Asset> asset = mediaType.flatMap(type -> load(name, type));
        // only files that exist are kept, so the map is as small as the jars
        asset.ifPresent(found -> loaded.put(name, found));
        return asset;
    }

    private Optional<Asset> load(String name, String mediaType) {
        String resource = name.equals("htmx/htmx.min.js") ? HTMX : "web/" + name;
        try (InputStream in = loader.getResourceAsStream(resource)) {
            if (in == null) {
                return Optional.empty();
            }
            byte[] bytes = in.readNBytes(FILE_BYTES_MAX + 1);
            if (bytes.length > FILE_BYTES_MAX) {
                throw new IOException("larger than " + FILE_BYTES_MAX + " bytes");
            }
            String fingerprint = Digest.sha256(bytes).hex().substring(0, 16);
            return Optional.of(new Asset(mediaType, bytes, gzip(mediaType, bytes), fingerprint));
        } catch (IOException unreadable) {
            throw new UncheckedIOException("cannot read " + resource, unreadable);
        }
    }

    private static Optional<byte[]> gzip(String mediaType, byte[] bytes) throws IOException {
        String type = mediaType.toLowerCase(Locale.ROOT);
        boolean text = type.startsWith("text/") || type.contains("json") || type.contains("svg");
        if (!text || bytes.length < GZIP_BYTES_MIN) {
            return Optional.empty();
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length / 2);
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        }
        return Optional.of(out.toByteArray());
    }
}
