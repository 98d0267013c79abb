package io.invigil.acceptance.bench;

import io.invigil.appliance.vision.model.InstalledModels;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.core.Size;
import org.opencv.imgcodecs.Imgcodecs;
import org.opencv.imgproc.Imgproc;
import org.opencv.objdetect.FaceDetectorYN;
import org.opencv.objdetect.FaceRecognizerSF;

/** The calls of OpenCV that a comparison cannot do without, and nothing else. */
final class BareFaces implements AutoCloseable {
    private static final int ROW = 15;
    private static final double SIDE = 320;

    private final FaceDetectorYN detector;
    private final FaceRecognizerSF recogniser;
    private final Mat encoded = new Mat();
    private final Mat small = new Mat();
    private final Mat faces = new Mat();
    private final Mat box = new Mat(1, ROW, CvType.CV_32F);
    private final Mat aligned = new Mat();
    private final Mat feature = new Mat();
    private Mat template = new Mat();
    private long nanos;

    BareFaces(InstalledModels models) {
        this.detector =
                FaceDetectorYN.create(
                        models.detector().toString(), "", new Size(SIDE, SIDE), 0.7f, 0.3f, 50);
        this.recogniser = FaceRecognizerSF.create(models.recogniser().toString(), "");
    }

    void remember(byte[] jpeg) {
        read(jpeg);
        template = feature.clone();
    }

    /** Cosine with the remembered face; {@link #nanos} is what it took. */
    double timed(byte[] jpeg) {
        long before = System.nanoTime();
        read(jpeg);
        double cosine = recogniser.match(template, feature, FaceRecognizerSF.FR_COSINE);
        nanos = System.nanoTime() - before;
        return cosine;
    }

    long nanos() {
        return nanos;
    }

    private void read(byte[] jpeg) {
        encoded.create(1, jpeg.length, CvType.CV_8U);
        encoded.put(0, 0, jpeg);
        Mat frame = Imgcodecs.imdecode(encoded, Imgcodecs.IMREAD_COLOR);
        double shrink = SIDE / frame.cols();
        Size size = new Size(SIDE, Math.round(frame.rows() * shrink));
        Imgproc.resize(frame, small, size, 0, 0, Imgproc.INTER_AREA);
        detector.setInputSize(size);
        detector.detect(small, faces);
        float[] row = new float[ROW];
        faces.get(0, 0, row);
        for (int at = 0; at < ROW - 1; at++) {
            row[at] /= (float) shrink;
        }
        box.put(0, 0, row);
        recogniser.alignCrop(frame, box, aligned);
        recogniser.feature(aligned, feature);
        frame.release();
    }

    @Override
    public void close() {
        for (Mat mat : new Mat[] {encoded, small, faces, box, aligned, feature, template}) {
            mat.release();
        }
    }
}
