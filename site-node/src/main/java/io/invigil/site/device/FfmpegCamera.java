package io.invigil.site.device;

import com.github.sarxos.webcam.WebcamDevice;
import com.github.sarxos.webcam.WebcamException;
import java.awt.Dimension;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageIO;

/**
 * A stream or file through an {@code ffmpeg} child process that writes JPEG pictures into a pipe.
 * Only the newest picture is kept: a slow reader sees the present. When the child ends or is silent
 * the camera is closed and can be opened again. Thread-safe.
 */
public final class FfmpegCamera implements WebcamDevice {
    private static final Dimension SIZE = new Dimension(640, 480);

    private final CameraSource.Stream source;
    private final Path program;
    private final long silenceMillis;
    private Process child;
    private BlockingQueue<byte[]> newest = new ArrayBlockingQueue<>(1);

    /**
     * @param program the executable
     * @param silenceMillis without a picture for so long the stream counts as lost
     */
    public FfmpegCamera(CameraSource.Stream source, Path program, long silenceMillis) {
        this.source = source;
        this.program = program;
        this.silenceMillis = silenceMillis;
    }

    /** The program in one of the directories of {@code PATH}; empty when it is not installed. */
    public static Optional<Path> installed(String path) {
        for (String directory : path.split(java.io.File.pathSeparator)) {
            for (String name : List.of("ffmpeg", "ffmpeg.exe")) {
                Path program = Path.of(directory, name);
                if (!directory.isEmpty() && Files.isExecutable(program)) {
                    return Optional.of(program);
                }
            }
        }
        return Optional.empty();
    }

    @Override
    public String getName() {
        return source.name();
    }

    @Override
    public Dimension[] getResolutions() {
        return new Dimension[] {new Dimension(SIZE)};
    }

    @Override
    public Dimension getResolution() {
        return new Dimension(SIZE);
    }

    /** The child scales to one size. */
    @Override
    public void setResolution(Dimension wanted) {
        if (!SIZE.equals(wanted)) {
            throw new IllegalArgumentException("only " + SIZE.width + " by " + SIZE.height);
        }
    }

    @Override
    public synchronized void open() {
        if (isOpen()) {
            return;
        }
        List<String> command = new ArrayList<>(List.of(program.toString(), "-nostdin"));
        command.addAll(List.of("-loglevel", "quiet"));
        if (source.address().startsWith("rtsp")) {
            command.addAll(List.of("-rtsp_transport", "tcp"));
        }
        command.addAll(List.of("-re", "-i", source.address(), "-an", "-vf", "fps=5,scale=640:-2"));
        command.addAll(List.of("-f", "image2pipe", "-c:v", "mjpeg", "-q:v", "4", "pipe:1"));
        try {
            child =
                    new ProcessBuilder(command)
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start();
        } catch (IOException missing) {
            throw new WebcamException(source.name() + " cannot be opened", missing);
        }
        BlockingQueue<byte[]> pictures = new ArrayBlockingQueue<>(1);
        newest = pictures;
        InputStream out = child.getInputStream();
        Process process = child;
        Thread.ofVirtual()
                .name("ffmpeg " + source.name())
                .start(() -> read(process, out, pictures));
    }

    private static void read(Process process, InputStream out, BlockingQueue<byte[]> pictures) {
        JpegStream stream = new JpegStream(out);
        try {
            Optional<byte[]> picture = stream.next();
            while (picture.isPresent()) {
                pictures.poll();
                pictures.add(picture.get());
                picture = stream.next();
            }
        } catch (IOException broken) {
            // seen as silence by whoever waits for the next picture
            process.destroy();
        }
    }

    /** The newest picture; null, as this interface has it, when the stream is lost. */
    @Override
    public BufferedImage getImage() {
        BlockingQueue<byte[]> pictures = pictures();
        try {
            byte[] picture = pictures.poll(silenceMillis, TimeUnit.MILLISECONDS);
            if (picture == null) {
                close();
                return null;
            }
            return ImageIO.read(new ByteArrayInputStream(picture));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return null;
        } catch (IOException damaged) {
            close();
            return null;
        }
    }

    private synchronized BlockingQueue<byte[]> pictures() {
        return newest;
    }

    @Override
    public synchronized void close() {
        if (child != null) {
            child.destroy();
            child = null;
        }
    }

    @Override
    public void dispose() {
        close();
    }

    /** Also while its last pictures wait to be read. */
    @Override
    public synchronized boolean isOpen() {
        return child != null && (child.isAlive() || !newest.isEmpty());
    }
}
