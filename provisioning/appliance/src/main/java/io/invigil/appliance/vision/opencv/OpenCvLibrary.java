package io.invigil.appliance.vision.opencv;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import java.util.Optional;
import org.opencv.core.Core;

/**
 * The native library. Unpacked once into a directory of ours and loaded by that path: unpacking at
 * every start costs half a second and leaves copies in the temporary directory. A machine without a
 * fitting library goes on without cameras and comparisons of its own.
 */
public final class OpenCvLibrary {
    private static final Object LOCK = new Object();

    /** One library per process: the virtual machine loads it once and for all. */
    private static Optional<Path> loaded = Optional.empty();

    private OpenCvLibrary() {}

    /** Outcome of loading. */
    public sealed interface Loading {
        /**
         * @param unpacked whether the file was written now, not found from an earlier start
         */
        record Loaded(Path file, boolean unpacked) implements Loading {}

        /** {@code reason} is for the technician. */
        record Unavailable(String reason) implements Loading {}
    }

    /** Loads the library from the directory, unpacking it there when it is not yet in it. */
    public static Loading load(Path directory) {
        synchronized (LOCK) {
            if (loaded.isPresent()) {
                return new Loading.Loaded(loaded.get(), false);
            }
            String system = System.getProperty("os.name", "");
            String processor = System.getProperty("os.arch", "");
            Optional<String> resource = resource(system, processor);
            if (resource.isEmpty()) {
                return new Loading.Unavailable(
                        "no OpenCV library for " + system + " on " + processor);
            }
            try {
                return loadFrom(directory, resource.get());
            } catch (IOException unwritable) {
                return new Loading.Unavailable("cannot unpack OpenCV: " + unwritable);
            } catch (UnsatisfiedLinkError unusable) {
                return new Loading.Unavailable("cannot load OpenCV: " + unusable.getMessage());
            }
        }
    }

    private static Loading loadFrom(Path directory, String resource) throws IOException {
        URL packed = OpenCvLibrary.class.getResource(resource);
        if (packed == null) {
            return new Loading.Unavailable("the OpenCV library is not in this installation");
        }
        String name = resource.substring(resource.lastIndexOf('/') + 1);
        Path file = directory.toAbsolutePath().resolve(name);
        boolean unpacked = unpack(packed, file);
        System.load(file.toString());
        Core.setNumThreads(1);
        loaded = Optional.of(file);
        return new Loading.Loaded(file, unpacked);
    }

    /**
     * Writes the file unless it is there in full length; never leaves half of it under its name.
     */
    private static boolean unpack(URL packed, Path file) throws IOException {
        URLConnection connection = packed.openConnection();
        connection.setUseCaches(false);
        try (InputStream in = connection.getInputStream()) {
            if (Files.exists(file) && Files.size(file) == connection.getContentLengthLong()) {
                return false;
            }
            Files.createDirectories(file.getParent());
            Path half = Files.createTempFile(file.getParent(), "opencv", ".part");
            try {
                Files.copy(in, half, StandardCopyOption.REPLACE_EXISTING);
                Files.move(half, file, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(half);
            }
            return true;
        }
    }

    /** Where the library of this kind of machine lies in the class path; empty when none does. */
    static Optional<String> resource(String system, String processor) {
        String os = system.toLowerCase(Locale.ROOT);
        boolean arm64 = processor.equals("aarch64") || processor.equals("arm64");
        boolean x64 = processor.equals("amd64") || processor.equals("x86_64");
        String root = "/nu/pattern/opencv/";
        if (os.startsWith("linux") && x64) {
            return Optional.of(root + "linux/x86_64/libopencv_java490.so");
        }
        if (os.startsWith("linux") && arm64) {
            return Optional.of(root + "linux/ARMv8/libopencv_java490.so");
        }
        if (os.startsWith("mac") && (x64 || arm64)) {
            return Optional.of(
                    root + "osx/" + (arm64 ? "ARMv8" : "x86_64") + "/libopencv_java490.dylib");
        }
        if (os.startsWith("windows") && x64) {
            return Optional.of(root + "windows/x86_64/opencv_java490.dll");
        }
        return Optional.empty();
    }
}
