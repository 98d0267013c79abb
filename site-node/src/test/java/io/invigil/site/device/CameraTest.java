package io.invigil.site.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.sarxos.webcam.Webcam;
import com.github.sarxos.webcam.WebcamDevice;
import com.github.sarxos.webcam.WebcamException;
import io.invigil.appliance.vision.opencv.OpenCvLibrary;
import io.invigil.site.device.RoomCamera.Look;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import javax.imageio.ImageIO;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.core.Scalar;
import org.opencv.core.Size;
import org.opencv.videoio.VideoWriter;
import org.opencv.videoio.Videoio;

/**
 * Cameras from files and child processes; what a USB device does when it is pulled is shown by a
 * file that goes away. The child process is a shell script: no ffmpeg is needed here.
 */
class CameraTest {
    @TempDir Path directory;
    private final AtomicLong up = new AtomicLong();

    @BeforeAll
    static void loadLibrary() {
        var loading = OpenCvLibrary.load(Path.of("target", "native"));
        Assumptions.assumeTrue(
                loading instanceof OpenCvLibrary.Loading.Loaded, "skipped: " + loading);
    }

    /** Three pictures: red, green, blue. */
    private Path avi() {
        Path file = directory.resolve("camera.avi");
        VideoWriter writer =
                new VideoWriter(
                        file.toString(),
                        Videoio.CAP_OPENCV_MJPEG,
                        VideoWriter.fourcc('M', 'J', 'P', 'G'),
                        5,
                        new Size(640, 480));
        for (Scalar colour :
                List.of(new Scalar(0, 0, 255), new Scalar(0, 255, 0), new Scalar(255, 0, 0))) {
            Mat frame = new Mat(480, 640, CvType.CV_8UC3, colour);
            writer.write(frame);
            frame.release();
        }
        writer.release();
        return file;
    }

    private static String colour(BufferedImage image) {
        Color middle = new Color(image.getRGB(image.getWidth() / 2, image.getHeight() / 2));
        if (middle.getRed() > 150) {
            return "red";
        }
        return middle.getGreen() > 100 ? "green" : "blue";
    }

    private static String seen(RoomCamera camera) {
        return switch (camera.look()) {
            case Look.Picture picture -> colour(picture.image());
            case Look.Away away -> away.everSeen() ? "lost" : "missing";
        };
    }

    @Test
    void sourcesAreReadFromConfiguration() {
        assertThat(CameraSource.parse(" 1 ")).isEqualTo(new CameraSource.Device(1));
        assertThat(CameraSource.parse("/media/room.AVI"))
                .isEqualTo(new CameraSource.AviFile(Path.of("/media/room.AVI")));
        assertThat(CameraSource.parse("rtsp://user:secret@10.0.0.7/live.avi").name())
                .isEqualTo("rtsp://…@10.0.0.7/live.avi");
    }

    @Test
    void anAviFilePlaysInColourAgainAndAgain() {
        try (RoomCamera camera = room(new OpenCvCamera(new CameraSource.AviFile(avi())))) {
            assertThat(List.of(seen(camera), seen(camera), seen(camera), seen(camera)))
                    .containsExactly("red", "green", "blue", "red");
        }
    }

    @Test
    void webcamCaptureSeesOurDevices() {
        Webcam.setDriver(
                new CameraDriver(
                        List.of(
                                new CameraSource.AviFile(avi()),
                                new CameraSource.Stream("rtsp://10.0.0.7/live")),
                        true,
                        Optional.empty()));
        List<Webcam> found = Webcam.getWebcams();
        assertThat(found).extracting(Webcam::getName).containsExactly("camera.avi");
        Webcam webcam = found.getFirst();
        webcam.open();
        assertThat(colour(webcam.getImage())).isEqualTo("red");
        webcam.close();
        Webcam.resetDriver();
    }

    @Test
    void aSourceWithoutItsMeansIsNamed() {
        CameraDriver driver =
                new CameraDriver(
                        List.of(
                                new CameraSource.Device(0),
                                new CameraSource.Stream("rtsp://u:p@10.0.0.7/live")),
                        false,
                        Optional.empty());
        assertThat(driver.getDevices()).isEmpty();
        assertThat(driver.missing())
                .containsExactly(
                        new CameraDriver.Missing("camera 0", CameraDriver.Want.OPENCV),
                        new CameraDriver.Missing(
                                "rtsp://…@10.0.0.7/live", CameraDriver.Want.FFMPEG));
    }

    @Test
    void aCameraThatGoesAwayIsTriedAgainAfterAPauseAndComesBack() throws IOException {
        Path file = avi();
        try (RoomCamera camera = room(new OpenCvCamera(new CameraSource.AviFile(file)))) {
            assertThat(seen(camera)).isEqualTo("red");
            Path away = directory.resolve("away.avi");
            Files.move(file, away);
            assertThat(List.of(seen(camera), seen(camera))).containsExactly("green", "blue");
            assertThat(seen(camera)).isEqualTo("lost");
            Files.move(away, file);
            assertThat(seen(camera)).as("not before the pause is over").isEqualTo("lost");
            up.addAndGet(RoomCamera.RETRY_MILLIS);
            assertThat(seen(camera)).isEqualTo("red");
            assertThat(camera.losses()).isEqualTo(1);
        }
    }

    @Test
    void aCameraThatWasNeverThereIsMissingAndNoError() {
        Path nowhere = directory.resolve("nowhere.avi");
        try (RoomCamera camera = room(new OpenCvCamera(new CameraSource.AviFile(nowhere)))) {
            assertThat(seen(camera)).isEqualTo("missing");
            up.addAndGet(RoomCamera.RETRY_MILLIS);
            assertThat(seen(camera)).isEqualTo("missing");
            assertThat(camera.losses()).isZero();
        }
        assertThatThrownBy(() -> new OpenCvCamera(new CameraSource.AviFile(nowhere)).open())
                .isInstanceOf(WebcamException.class)
                .hasMessage("nowhere.avi cannot be opened");
    }

    @Test
    void everyPictureReleasesItsMatrix() throws IOException {
        Path status = Path.of("/proc/self/status");
        Assumptions.assumeTrue(Files.exists(status), "skipped: needs /proc");
        try (RoomCamera camera = room(new OpenCvCamera(new CameraSource.AviFile(avi())))) {
            for (int at = 0; at < 60; at++) {
                seen(camera);
            }
            System.gc();
            long before = residentKiB(status);
            for (int at = 0; at < 400; at++) {
                assertThat(seen(camera)).isNotEqualTo("lost");
            }
            System.gc();
            // 400 matrices of 900 KiB would be 350 MiB
            assertThat(residentKiB(status) - before).isLessThan(120 * 1024);
        }
    }

    @Test
    void aChildProcessGivesPicturesAndItsEndIsALossThatHeals() throws IOException {
        ByteArrayOutputStream pictures = new ByteArrayOutputStream();
        pictures.writeBytes(new byte[] {1, 2, 3});
        pictures.writeBytes(jpeg(Color.GREEN));
        Files.write(directory.resolve("stream.mjpeg"), pictures.toByteArray());
        Path program = directory.resolve("ffmpeg");
        Files.writeString(program, "#!/bin/sh\nexec cat '" + directory + "/stream.mjpeg'\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
        assertThat(FfmpegCamera.installed("/nowhere:" + directory)).contains(program);
        FfmpegCamera device =
                new FfmpegCamera(new CameraSource.Stream("rtsp://room/1"), program, 3_000);
        try (RoomCamera camera = room(device)) {
            assertThat(seen(camera)).isEqualTo("green");
            Awaitility.await().until(() -> !device.isOpen());
            up.addAndGet(RoomCamera.RETRY_MILLIS);
            assertThat(seen(camera)).as("a new child").isEqualTo("green");
        }
        assertThat(device.isOpen()).isFalse();
    }

    @Test
    void aSilentChildIsLostAndEnded() throws IOException {
        Path program = directory.resolve("ffmpeg");
        Files.writeString(program, "#!/bin/sh\nexec sleep 60\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
        FfmpegCamera device =
                new FfmpegCamera(new CameraSource.Stream("rtsp://room/1"), program, 100);
        try (RoomCamera camera = room(device)) {
            assertThat(seen(camera)).isEqualTo("missing");
            assertThat(device.isOpen()).isFalse();
        }
    }

    @Test
    void theNodeShowsItsCamerasAndLetsGoOfOneThatNobodyLooksAt() throws IOException {
        Files.createFile(directory.resolve("video0"));
        try (Cameras cameras =
                new Cameras(
                        List.of(avi().toString(), "rtsp://10.0.0.7/live"),
                        Path.of("target", "native"),
                        directory,
                        "",
                        up::get)) {
            assertThat(cameras.list().names()).containsExactly("camera.avi", "camera 0");
            assertThat(cameras.list().missing())
                    .containsExactly(
                            new CameraDriver.Missing(
                                    "rtsp://10.0.0.7/live", CameraDriver.Want.FFMPEG));
            assertThat(shown(cameras)).isEqualTo("red");
            up.addAndGet(Cameras.HELD_MILLIS);
            cameras.letGo();
            assertThat(shown(cameras)).as("still held").isEqualTo("green");
            up.addAndGet(Cameras.HELD_MILLIS + 1);
            cameras.letGo();
            assertThat(shown(cameras)).as("opened anew").isEqualTo("red");
            assertThat(cameras.picture(7)).isEmpty();
            assertThat(cameras.picture(-1)).isEmpty();
        }
    }

    private static String shown(Cameras cameras) throws IOException {
        byte[] picture = cameras.picture(0).orElseThrow();
        return colour(ImageIO.read(new ByteArrayInputStream(picture)));
    }

    @Test
    void aPictureWithoutEndIsNotReadForEver() {
        byte[] endless = new byte[JpegStream.PICTURE_BYTES_MAX + 10];
        endless[0] = (byte) 0xFF;
        endless[1] = (byte) 0xD8;
        assertThatThrownBy(() -> new JpegStream(new ByteArrayInputStream(endless)).next())
                .isInstanceOf(IOException.class);
    }

    private RoomCamera room(WebcamDevice device) {
        return new RoomCamera(device, up::get);
    }

    private static byte[] jpeg(Color colour) throws IOException {
        BufferedImage image = new BufferedImage(64, 48, BufferedImage.TYPE_INT_RGB);
        Graphics2D paint = image.createGraphics();
        paint.setColor(colour);
        paint.fillRect(0, 0, 64, 48);
        paint.dispose();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(image, "jpg", out);
        return out.toByteArray();
    }

    private static long residentKiB(Path status) throws IOException {
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .map(line -> line.replaceAll("\\D", ""))
                .mapToLong(Long::parseLong)
                .findFirst()
                .orElseThrow();
    }
}
