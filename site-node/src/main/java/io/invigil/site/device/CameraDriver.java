package io.invigil.site.device;

import com.github.sarxos.webcam.WebcamDevice;
import com.github.sarxos.webcam.WebcamDriver;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The cameras of this node for Webcam Capture: devices and AVI files through OpenCV, the rest
 * through ffmpeg. Sources for which the means are missing are left out and named in {@link
 * #missing}.
 */
public final class CameraDriver implements WebcamDriver {
    public static final int CAMERAS_MAX = 16;

    private static final long SILENCE_MILLIS = 5_000;

    private final List<WebcamDevice> devices = new ArrayList<>();
    private final List<Missing> missing = new ArrayList<>();

    /** What a source needs and this machine does not have. */
    public enum Want {
        FFMPEG,
        OPENCV
    }

    /** A source that cannot be used. */
    public record Missing(String name, Want want) {}

    /**
     * @param openCv whether the native library is loaded
     * @param ffmpeg the program, when it is installed
     */
    public CameraDriver(List<CameraSource> sources, boolean openCv, Optional<Path> ffmpeg) {
        for (CameraSource source : sources.stream().limit(CAMERAS_MAX).toList()) {
            switch (source) {
                case CameraSource.Stream stream ->
                        ffmpeg.ifPresentOrElse(
                                program ->
                                        devices.add(
                                                new FfmpegCamera(stream, program, SILENCE_MILLIS)),
                                () -> missing.add(new Missing(source.name(), Want.FFMPEG)));
                case CameraSource.Device device -> local(device, openCv);
                case CameraSource.AviFile avi -> local(avi, openCv);
            }
        }
    }

    private void local(CameraSource source, boolean openCv) {
        if (openCv) {
            devices.add(new OpenCvCamera(source));
        } else {
            missing.add(new Missing(source.name(), Want.OPENCV));
        }
    }

    @Override
    public List<WebcamDevice> getDevices() {
        return List.copyOf(devices);
    }

    /** Sources that cannot be used, each with the reason. */
    public List<Missing> missing() {
        return List.copyOf(missing);
    }

    @Override
    public boolean isThreadSafe() {
        return true;
    }
}
