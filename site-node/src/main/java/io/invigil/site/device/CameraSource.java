package io.invigil.site.device;

import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Pattern;

/** Where pictures of a camera come from. */
public sealed interface CameraSource {

    /** A camera of this machine by number, 0 for the first. */
    record Device(int index) implements CameraSource {
        public Device {
            if (index < 0 || index > INDEX_MAX) {
                throw new IllegalArgumentException("cameras are numbered 0 to " + INDEX_MAX);
            }
        }

        @Override
        public String name() {
            return "camera " + index;
        }
    }

    /** An AVI file with MJPEG pictures, played again and again. */
    record AviFile(Path file) implements CameraSource {
        @Override
        public String name() {
            return file.getFileName().toString();
        }
    }

    /** Anything that ffmpeg reads: an RTSP address, an MP4 file. */
    record Stream(String address) implements CameraSource {
        @Override
        public String name() {
            // a password in the address stays out of pages and logs
            return address.replaceFirst("//[^/@]*@", "//…@");
        }
    }

    int INDEX_MAX = 63;

    /** A device number, as configuration has it. */
    Pattern NUMBER = Pattern.compile("\\d{1,2}");

    /** How people and pages name it; without secrets. */
    String name();

    /** Reads a configured source: a number, the path of an AVI file, or what ffmpeg reads. */
    static CameraSource parse(String text) {
        String trimmed = text.strip();
        if (NUMBER.matcher(trimmed).matches()) {
            return new Device(Integer.parseInt(trimmed));
        }
        return trimmed.toLowerCase(Locale.ROOT).endsWith(".avi") && !trimmed.contains("://")
                ? new AviFile(Path.of(trimmed))
                : new Stream(trimmed);
    }
}
