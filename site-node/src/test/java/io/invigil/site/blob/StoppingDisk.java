package io.invigil.site.blob;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The real disk, until the process is killed before a step, half way through a write, or it is
 * full.
 */
final class StoppingDisk implements BlobDisk {
    /** The process is gone. */
    static final class Killed extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    private final BlobDisk real = BlobDisk.real();
    final List<String> steps = new ArrayList<>();
    private final int killAt;
    private final boolean halfWritten;
    boolean full;

    /**
     * @param killAt number of the step that does not happen, from 0; never when it is beyond
     * @param halfWritten whether a write that is the last step leaves half of its bytes
     */
    StoppingDisk(int killAt, boolean halfWritten) {
        this.killAt = killAt;
        this.halfWritten = halfWritten;
    }

    private boolean dies(String step) {
        steps.add(step);
        return steps.size() > killAt;
    }

    @Override
    public void write(Path file, byte[] content) throws IOException {
        if (full) {
            throw new IOException("No space left on device");
        }
        if (dies("write")) {
            if (halfWritten && steps.size() == killAt + 1) {
                real.write(file, java.util.Arrays.copyOf(content, content.length / 2));
            }
            throw new Killed();
        }
        real.write(file, content);
    }

    @Override
    public void force(Path file) throws IOException {
        if (dies("force")) {
            throw new Killed();
        }
        real.force(file);
    }

    @Override
    public void move(Path from, Path to) throws IOException {
        if (dies("move")) {
            throw new Killed();
        }
        real.move(from, to);
    }

    @Override
    public void forceDirectory(Path directory) throws IOException {
        if (dies("force-directory")) {
            throw new Killed();
        }
        real.forceDirectory(directory);
    }

    @Override
    public void delete(Path file) throws IOException {
        if (dies("delete")) {
            throw new Killed();
        }
        real.delete(file);
    }
}
