package io.invigil.site.device;

import com.github.sarxos.webcam.WebcamDevice;
import com.github.sarxos.webcam.WebcamException;
import java.awt.image.BufferedImage;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * A camera that is looked at again and again: opened when first needed, reopened after a pause when
 * it went away. Thread-safe; one look at a time.
 */
public final class RoomCamera implements AutoCloseable {
    /** Pause before a lost camera is tried again. */
    public static final long RETRY_MILLIS = 2_000;

    private static final System.Logger LOG = System.getLogger(RoomCamera.class.getName());

    private final WebcamDevice device;
    private final LongSupplier upMillis;
    private boolean lost;
    private boolean everSeen;
    private long retryAt = Long.MIN_VALUE;
    private int losses;

    /**
     * @param upMillis a monotonic clock
     */
    public RoomCamera(WebcamDevice device, LongSupplier upMillis) {
        this.device = device;
        this.upMillis = upMillis;
    }

    /** What a look brought. */
    public sealed interface Look {
        record Picture(BufferedImage image) implements Look {}

        /**
         * @param everSeen whether it gave a picture before: unplugged rather than missing
         */
        record Away(boolean everSeen) implements Look {}
    }

    public String name() {
        return device.getName();
    }

    /** How often it went away after it had given pictures. */
    public synchronized int losses() {
        return losses;
    }

    /** One picture, or that there is none now. */
    public synchronized Look look() {
        if (lost && upMillis.getAsLong() < retryAt) {
            return new Look.Away(everSeen);
        }
        Optional<BufferedImage> picture = picture();
        if (picture.isEmpty()) {
            return away();
        }
        if (lost) {
            LOG.log(System.Logger.Level.INFO, "{0} is back", name());
        }
        lost = false;
        everSeen = true;
        return new Look.Picture(picture.get());
    }

    private Optional<BufferedImage> picture() {
        try {
            device.open();
            return Optional.ofNullable(device.getImage());
        } catch (WebcamException cannot) {
            LOG.log(System.Logger.Level.DEBUG, cannot.getMessage());
            return Optional.empty();
        }
    }

    private Look away() {
        device.close();
        if (!lost && everSeen) {
            losses++;
            LOG.log(System.Logger.Level.WARNING, "{0} went away", name());
        }
        lost = true;
        retryAt = upMillis.getAsLong() + RETRY_MILLIS;
        return new Look.Away(everSeen);
    }

    @Override
    public synchronized void close() {
        device.close();
        device.dispose();
    }
}
