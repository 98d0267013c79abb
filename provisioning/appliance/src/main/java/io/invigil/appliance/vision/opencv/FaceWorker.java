package io.invigil.appliance.vision.opencv;

import io.invigil.appliance.vision.FaceAdvice;
import io.invigil.appliance.vision.FaceFeature;
import io.invigil.appliance.vision.FaceReading;
import io.invigil.appliance.vision.FaceShape;
import io.invigil.appliance.vision.model.InstalledModels;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.opencv.core.Core;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.core.Scalar;
import org.opencv.core.Size;
import org.opencv.imgcodecs.Imgcodecs;
import org.opencv.imgproc.Imgproc;
import org.opencv.objdetect.FaceDetectorYN;
import org.opencv.objdetect.FaceRecognizerSF;

/**
 * Detector, recogniser and their buffers, for one thread at a time: the detector's input size and
 * every network's blobs are its state. Buffers are kept between pictures, so a picture allocates
 * only its own pixels, which are released before the call returns.
 */
final class FaceWorker {
    /** Detection on a picture of this length: half of a usual frame, a fifth of the time. */
    static final int DETECTED_SIDE = 320;

    private static final float SCORE_MIN = 0.7f;
    private static final float OVERLAP_MAX = 0.3f;
    private static final int CANDIDATES_MAX = 50;

    /** A second face counts when it is at least this part of the first: not a passer-by behind. */
    private static final double SECOND_FACE = 0.5;

    /** Numbers in a row of the detector: box, five landmarks, score. */
    private static final int ROW = 15;

    private final String model;
    private final FaceDetectorYN detector;
    private final FaceRecognizerSF recogniser;
    private final Optional<LivenessNets> liveness;
    private final Mat encoded = new Mat();
    private final Mat small = new Mat();
    private final Mat faces = new Mat();
    private final Mat box = new Mat(1, ROW, CvType.CV_32F);
    private final Mat aligned = new Mat();
    private final Mat output = new Mat();

    FaceWorker(InstalledModels models) {
        this.model = models.scale().model();
        this.detector =
                FaceDetectorYN.create(
                        models.detector().toString(),
                        "",
                        new Size(DETECTED_SIDE, DETECTED_SIDE),
                        SCORE_MIN,
                        OVERLAP_MAX,
                        CANDIDATES_MAX);
        this.recogniser = FaceRecognizerSF.create(models.recogniser().toString(), "");
        this.liveness = models.liveness().map(LivenessNets::new);
    }

    FaceReading read(byte[] picture, boolean live) {
        encoded.create(1, picture.length, CvType.CV_8U);
        encoded.put(0, 0, picture);
        Mat frame = Imgcodecs.imdecode(encoded, Imgcodecs.IMREAD_COLOR);
        try {
            if (frame.empty()) {
                return FaceReading.nothing(FaceAdvice.PICTURE_UNREADABLE);
            }
            return read(frame, live);
        } finally {
            frame.release();
        }
    }

    private FaceReading read(Mat frame, boolean live) {
        double shrink = Math.min(1, DETECTED_SIDE / (double) Math.max(frame.cols(), frame.rows()));
        Size size =
                new Size(
                        Math.max(1, Math.round(frame.cols() * shrink)),
                        Math.max(1, Math.round(frame.rows() * shrink)));
        Imgproc.resize(frame, small, size, 0, 0, Imgproc.INTER_AREA);
        detector.setInputSize(size);
        detector.detect(small, faces);
        if (faces.rows() == 0) {
            return FaceReading.nothing(FaceAdvice.NO_FACE);
        }
        float[] rows = new float[faces.rows() * ROW];
        faces.get(0, 0, rows);
        float[] face = widest(rows);
        boolean another = isAnother(rows, face);
        for (int at = 0; at < ROW - 1; at++) {
            face[at] /= (float) shrink;
        }
        box.put(0, 0, face);
        recogniser.alignCrop(frame, box, aligned);
        FaceShape shape = shape(face, light());
        List<FaceAdvice> advice = advice(shape, another);
        boolean usable = !another && shape.width() >= FaceShape.WIDTH_MIN;
        Optional<FaceFeature> feature = usable ? feature() : Optional.empty();
        OptionalDouble hint =
                live && !another && liveness.isPresent()
                        ? OptionalDouble.of(liveness.get().live(frame, shape))
                        : OptionalDouble.empty();
        return new FaceReading(advice, Optional.of(shape), feature, hint);
    }

    private Optional<FaceFeature> feature() {
        recogniser.feature(aligned, output);
        float[] values = new float[(int) output.total()];
        output.get(0, 0, values);
        return FaceFeature.of(model, values);
    }

    private double light() {
        Scalar mean = Core.mean(aligned);
        return 0.114 * mean.val[0] + 0.587 * mean.val[1] + 0.299 * mean.val[2];
    }

    private static float[] widest(float[] rows) {
        float[] widest = new float[ROW];
        for (int at = 0; at < rows.length; at += ROW) {
            if (rows[at + 2] > widest[2]) {
                System.arraycopy(rows, at, widest, 0, ROW);
            }
        }
        return widest;
    }

    private static boolean isAnother(float[] rows, float[] face) {
        int large = 0;
        for (int at = 0; at < rows.length; at += ROW) {
            if (rows[at + 2] >= SECOND_FACE * face[2]) {
                large++;
            }
        }
        return large > 1;
    }

    /** Landmarks come as right eye, left eye, nose, corners of the mouth: the person's right. */
    private static FaceShape shape(float[] face, double light) {
        double eyesX = (face[4] + face[6]) / 2;
        double across = face[6] - face[4];
        double down = face[7] - face[5];
        double distance = Math.max(1, Math.hypot(across, down));
        double turn = (face[8] - eyesX) / distance;
        double tilt = Math.toDegrees(Math.atan2(down, across));
        return new FaceShape(face[0], face[1], face[2], face[3], turn, tilt, light, face[14]);
    }

    private static List<FaceAdvice> advice(FaceShape shape, boolean another) {
        List<FaceAdvice> advice = new ArrayList<>();
        if (another) {
            advice.add(FaceAdvice.TWO_FACES);
        }
        if (shape.width() < FaceShape.WIDTH_MIN) {
            advice.add(FaceAdvice.TOO_SMALL);
        }
        if (shape.light() < FaceShape.LIGHT_MIN) {
            advice.add(FaceAdvice.TOO_DARK);
        }
        boolean turned = Math.abs(shape.turn()) > FaceShape.TURN_MAX;
        if (turned || Math.abs(shape.tilt()) > FaceShape.TILT_MAX) {
            advice.add(FaceAdvice.TURNED);
        }
        return advice;
    }

    void release() {
        for (Mat mat : List.of(encoded, small, faces, box, aligned, output)) {
            mat.release();
        }
        liveness.ifPresent(LivenessNets::release);
    }
}
