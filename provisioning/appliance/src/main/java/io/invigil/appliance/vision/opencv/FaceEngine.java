package io.invigil.appliance.vision.opencv;

import io.invigil.appliance.vision.FaceAdvice;
import io.invigil.appliance.vision.FaceReader;
import io.invigil.appliance.vision.FaceReading;
import io.invigil.appliance.vision.FaceScale;
import io.invigil.appliance.vision.PictureSize;
import io.invigil.appliance.vision.model.InstalledModels;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.opencv.core.CvException;

/**
 * YuNet on a reduced picture, alignment on the full one, and a recogniser; a fixed number of
 * workers, each for one picture at a time. Thread-safe.
 */
public final class FaceEngine implements FaceReader, AutoCloseable {
    public static final int WORKERS_MAX = 16;

    private static final System.Logger LOG = System.getLogger(FaceEngine.class.getName());

    private final FaceScale scale;
    private final BlockingQueue<FaceWorker> idle;
    private final List<FaceWorker> workers = new ArrayList<>();

    /**
     * Opens the models; {@link OpenCvLibrary} must be loaded.
     *
     * @param models checked files
     * @param count of workers: pictures looked at side by side
     * @throws IllegalArgumentException when OpenCV cannot read a model
     */
    public FaceEngine(InstalledModels models, int count) {
        if (count < 1 || count > WORKERS_MAX) {
            throw new IllegalArgumentException("1 to " + WORKERS_MAX + " workers");
        }
        this.scale = models.scale();
        this.idle = new ArrayBlockingQueue<>(count);
        try {
            for (int at = 0; at < count; at++) {
                workers.add(new FaceWorker(models));
            }
        } catch (CvException unreadable) {
            throw new IllegalArgumentException("OpenCV cannot read the models", unreadable);
        }
        idle.addAll(workers);
    }

    @Override
    public FaceScale scale() {
        return scale;
    }

    @Override
    public FaceReading read(byte[] picture) {
        return read(picture, false);
    }

    @Override
    public FaceReading readLive(byte[] picture) {
        return read(picture, true);
    }

    private FaceReading read(byte[] picture, boolean live) {
        boolean fits =
                picture.length <= PICTURE_BYTES_MAX
                        && PictureSize.of(picture)
                                .filter(size -> size.pixels() <= PICTURE_PIXELS_MAX)
                                .isPresent();
        if (!fits) {
            return FaceReading.nothing(FaceAdvice.PICTURE_UNREADABLE);
        }
        FaceWorker worker = take();
        try {
            return worker.read(picture, live);
        } catch (CvException broken) {
            LOG.log(System.Logger.Level.WARNING, "OpenCV refused a picture", broken);
            return FaceReading.nothing(FaceAdvice.PICTURE_UNREADABLE);
        } finally {
            idle.add(worker);
        }
    }

    private FaceWorker take() {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return idle.take();
                } catch (InterruptedException wake) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Waits for running readings and releases the buffers. */
    @Override
    public void close() {
        for (int at = 0; at < workers.size(); at++) {
            take();
        }
        workers.forEach(FaceWorker::release);
    }
}
