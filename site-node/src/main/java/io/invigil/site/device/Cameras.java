package io.invigil.site.device;

import com.github.sarxos.webcam.WebcamDevice;
import io.invigil.appliance.vision.opencv.OpenCvLibrary;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import javax.imageio.ImageIO;

/**
 * The cameras that hang on this node: those configured, and devices of the machine that nobody
 * configured. A camera is held only while somebody looks at it, so that a browser on this machine
 * can have it too. Thread-safe.
 */
public final class Cameras implements AutoCloseable {
    /** A camera that nobody looked at for so long is let go. */
    public static final long HELD_MILLIS = 4_000;

    private static final int DEVICES_MAX = 8;

    private final List<CameraSource> configured;
    private final Path library;
    private final Path devices;
    private final String path;
    private final LongSupplier upMillis;
    private final List<RoomCamera> cameras = new ArrayList<>();
    private final List<Long> lookedAt = new ArrayList<>();
    private final List<CameraDriver.Missing> missing = new ArrayList<>();
    private boolean found;

    /**
     * @param configured sources as {@link CameraSource#parse} reads them
     * @param library directory of the native library
     * @param devices where the system shows cameras: {@code /dev}
     * @param path directories in which ffmpeg is looked for
     * @param upMillis a monotonic clock
     */
    public Cameras(
            List<String> configured,
            Path library,
            Path devices,
            String path,
            LongSupplier upMillis) {
        this.configured = configured.stream().map(CameraSource::parse).toList();
        this.library = library;
        this.devices = devices;
        this.path = path;
        this.upMillis = upMillis;
    }

    /**
     * Cameras and what is missing.
     *
     * @param names in the order of their numbers
     * @param missing sources that cannot be used, each with the reason
     */
    public record Listed(List<String> names, List<CameraDriver.Missing> missing) {}

    /** Finds the cameras at the first call; the native library is loaded for local ones only. */
    public synchronized Listed list() {
        if (!found) {
            find();
            found = true;
        }
        return new Listed(cameras.stream().map(RoomCamera::name).toList(), List.copyOf(missing));
    }

    private void find() {
        List<CameraSource> sources = new ArrayList<>(configured);
        for (int index = 0; index < DEVICES_MAX; index++) {
            CameraSource device = new CameraSource.Device(index);
            if (Files.exists(devices.resolve("video" + index)) && !sources.contains(device)) {
                sources.add(device);
            }
        }
        boolean local = sources.stream().anyMatch(s -> !(s instanceof CameraSource.Stream));
        boolean openCv =
                local && OpenCvLibrary.load(library) instanceof OpenCvLibrary.Loading.Loaded;
        CameraDriver driver = new CameraDriver(sources, openCv, FfmpegCamera.installed(path));
        for (WebcamDevice device : driver.getDevices()) {
            cameras.add(new RoomCamera(device, upMillis));
            lookedAt.add(Long.MIN_VALUE);
        }
        missing.addAll(driver.missing());
    }

    /** The picture of now as JPEG; empty when there is no such camera or it is away. */
    public Optional<byte[]> picture(int number) {
        list();
        RoomCamera camera;
        synchronized (this) {
            if (number < 0 || number >= cameras.size()) {
                return Optional.empty();
            }
            camera = cameras.get(number);
            lookedAt.set(number, upMillis.getAsLong());
        }
        return switch (camera.look()) {
            case RoomCamera.Look.Away away -> Optional.empty();
            case RoomCamera.Look.Picture picture -> Optional.of(jpeg(picture.image()));
        };
    }

    /** Lets go of cameras that nobody looks at; to be called every few seconds. */
    public void letGo() {
        List<RoomCamera> idle = new ArrayList<>();
        synchronized (this) {
            for (int at = 0; at < cameras.size(); at++) {
                long looked = lookedAt.get(at);
                if (looked != Long.MIN_VALUE && upMillis.getAsLong() - looked > HELD_MILLIS) {
                    lookedAt.set(at, Long.MIN_VALUE);
                    idle.add(cameras.get(at));
                }
            }
        }
        idle.forEach(RoomCamera::close);
    }

    private static byte[] jpeg(BufferedImage image) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "jpg", out);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return out.toByteArray();
    }

    @Override
    public synchronized void close() {
        cameras.forEach(RoomCamera::close);
    }
}
