package io.invigil.site.device;

import com.github.sarxos.webcam.WebcamDevice;
import com.github.sarxos.webcam.WebcamException;
import java.awt.Dimension;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.videoio.VideoCapture;
import org.opencv.videoio.Videoio;

/**
 * A camera through OpenCV's {@code VideoCapture}. The native library must be loaded. Calls from
 * several threads wait for each other.
 */
public final class OpenCvCamera implements WebcamDevice {
    private static final Dimension[] SIZES = {new Dimension(640, 480), new Dimension(1280, 720)};

    private final CameraSource source;
    private Dimension size = SIZES[0];
    private VideoCapture capture;

    /**
     * @param source a device or an AVI file
     */
    public OpenCvCamera(CameraSource source) {
        if (source instanceof CameraSource.Stream) {
            throw new IllegalArgumentException("streams are read by ffmpeg");
        }
        this.source = source;
    }

    @Override
    public String getName() {
        return source.name();
    }

    @Override
    public Dimension[] getResolutions() {
        return SIZES.clone();
    }

    @Override
    public Dimension getResolution() {
        return new Dimension(size);
    }

    @Override
    public synchronized void setResolution(Dimension wanted) {
        size = new Dimension(wanted);
    }

    /**
     * @throws WebcamException when it cannot be opened: missing, in use or not allowed
     */
    @Override
    public synchronized void open() {
        if (isOpen()) {
            return;
        }
        VideoCapture opened = new VideoCapture();
        boolean works =
                switch (source) {
                    case CameraSource.Device device -> opened.open(device.index());
                    case CameraSource.AviFile avi ->
                            opened.open(avi.file().toString(), Videoio.CAP_OPENCV_MJPEG);
                    case CameraSource.Stream stream -> false;
                };
        if (!works) {
            opened.release();
            throw new WebcamException(source.name() + " cannot be opened");
        }
        if (source instanceof CameraSource.Device) {
            opened.set(Videoio.CAP_PROP_FRAME_WIDTH, size.width);
            opened.set(Videoio.CAP_PROP_FRAME_HEIGHT, size.height);
        }
        capture = opened;
    }

    /** The next picture; null, as this interface has it, when the camera gives none any more. */
    @Override
    public synchronized BufferedImage getImage() {
        if (!isOpen()) {
            return null;
        }
        BufferedImage picture = read();
        if (picture == null && source instanceof CameraSource.AviFile) {
            // a file's end is its beginning
            close();
            open();
            picture = read();
        }
        return picture;
    }

    private BufferedImage read() {
        Mat frame = new Mat();
        try {
            if (!capture.read(frame) || frame.empty() || frame.type() != CvType.CV_8UC3) {
                return null;
            }
            BufferedImage picture =
                    new BufferedImage(frame.cols(), frame.rows(), BufferedImage.TYPE_3BYTE_BGR);
            frame.get(0, 0, ((DataBufferByte) picture.getRaster().getDataBuffer()).getData());
            return picture;
        } finally {
            frame.release();
        }
    }

    @Override
    public synchronized void close() {
        if (capture != null) {
            capture.release();
            capture = null;
        }
    }

    @Override
    public void dispose() {
        close();
    }

    @Override
    public synchronized boolean isOpen() {
        return capture != null && capture.isOpened();
    }
}
