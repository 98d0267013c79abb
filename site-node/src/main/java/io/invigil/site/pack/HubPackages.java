package io.invigil.site.pack;

import io.invigil.protocol.manifest.Manifest;
import io.invigil.protocol.manifest.ManifestList;
import io.invigil.protocol.manifest.Part;
import io.invigil.site.technician.HubHttp;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * Packages over mutual TLS. A part that breaks off goes on where it stopped: what arrived waits in
 * a file by its digest. Used by one thread.
 */
public final class HubPackages implements PackageSource {
    private static final int TRIES_MAX = 5;
    private static final int BUFFER_BYTES = 64 * 1024;

    private final HubHttp hub;
    private final Path downloads;

    /**
     * @param downloads directory for parts that are under way
     */
    public HubPackages(HubHttp hub, Path downloads) {
        this.hub = hub;
        this.downloads = downloads;
    }

    @Override
    public List<ManifestList.Entry> list() throws IOException {
        HubHttp.Answer answer = hub.get("/x1/manifests", ManifestList.BYTES_MAX);
        require(answer.status(), "/x1/manifests");
        return ManifestList.read(answer.body())
                .orElseThrow(() -> new IOException("the hub's list of packages is malformed"))
                .manifests();
    }

    @Override
    public byte[] manifest(String exam) throws IOException {
        if (!exam.matches("[A-Za-z0-9-]{1,40}")) {
            throw new FileNotFoundException("not an exam name");
        }
        String path = "/x1/manifests/" + exam;
        HubHttp.Answer answer = hub.get(path, 2 * Manifest.BYTES_MAX);
        require(answer.status(), path);
        return answer.body();
    }

    @Override
    public InputStream part(Part part) throws IOException {
        Path file = downloads.resolve(part.sha256() + ".part");
        IOException last = new IOException("no try was made");
        for (int attempt = 0; attempt < TRIES_MAX; attempt++) {
            try {
                if (Files.exists(file) && Files.size(file) >= part.bytes()) {
                    break;
                }
                download(part, file);
                break;
            } catch (FileNotFoundException gone) {
                throw gone;
            } catch (IOException brokeOff) {
                last = brokeOff;
            }
        }
        if (!Files.exists(file) || Files.size(file) < part.bytes()) {
            throw last;
        }
        return new Finished(Files.newInputStream(file), file);
    }

    private void download(Part part, Path file) throws IOException {
        long offset = Files.exists(file) ? Files.size(file) : 0;
        String path = "/x1/parts/" + part.sha256();
        HttpResponse<InputStream> response = hub.getFrom(path, offset);
        try (InputStream in = response.body()) {
            boolean ranged = response.statusCode() == 206;
            if (!ranged) {
                require(response.statusCode(), path);
            }
            copy(in, file, ranged, part.bytes() - (ranged ? offset : 0));
        }
    }

    private static void copy(InputStream in, Path file, boolean append, long bytesMax)
            throws IOException {
        StandardOpenOption how =
                append ? StandardOpenOption.APPEND : StandardOpenOption.TRUNCATE_EXISTING;
        byte[] buffer = new byte[BUFFER_BYTES];
        long left = bytesMax;
        try (OutputStream out =
                Files.newOutputStream(
                        file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, how)) {
            for (int read = in.read(buffer); read >= 0 && left > 0; read = in.read(buffer)) {
                out.write(buffer, 0, (int) Math.min(read, left));
                left -= read;
            }
        }
        if (left > 0) {
            throw new IOException("a part broke off");
        }
    }

    private static void require(int status, String path) throws IOException {
        if (status == 404) {
            throw new FileNotFoundException("the hub has no " + path);
        }
        if (status != 200) {
            throw new IOException("the hub answered " + status + " to " + path);
        }
    }

    /** Removes the download once it was read: good parts are kept elsewhere, bad ones nowhere. */
    private static final class Finished extends java.io.FilterInputStream {
        private final Path file;

        Finished(InputStream in, Path file) {
            super(in);
            this.file = file;
        }

        @Override
        public void close() throws IOException {
            super.close();
            Files.deleteIfExists(file);
        }
    }
}
