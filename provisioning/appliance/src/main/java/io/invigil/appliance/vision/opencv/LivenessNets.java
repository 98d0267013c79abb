package io.invigil.appliance.vision.opencv;

import io.invigil.appliance.vision.FaceShape;
import io.invigil.appliance.vision.model.InstalledModels;
import org.opencv.core.Mat;
import org.opencv.core.Rect;
import org.opencv.core.Scalar;
import org.opencv.core.Size;
import org.opencv.dnn.Dnn;
import org.opencv.dnn.Net;
import org.opencv.imgproc.Imgproc;

/**
 * The pair of MiniFASNet models: each looks at the face with some of its surroundings, and the mean
 * of both is a hint that the face is a living one. For one thread at a time.
 */
final class LivenessNets {
    private static final double NEAR = 2.7;
    private static final double FAR = 4.0;
    private static final Size INPUT = new Size(80, 80);
    private static final int LIVE = 1;

    private final Net near;
    private final Net far;
    private final Mat resized = new Mat();

    LivenessNets(InstalledModels.Liveness models) {
        this.near = Dnn.readNetFromONNX(models.near().toString());
        this.far = Dnn.readNetFromONNX(models.far().toString());
    }

    double live(Mat frame, FaceShape face) {
        return (probability(near, frame, surroundings(frame, face, NEAR))
                        + probability(far, frame, surroundings(frame, face, FAR)))
                / 2;
    }

    private double probability(Net net, Mat frame, Rect part) {
        Mat view = new Mat(frame, part);
        try {
            Imgproc.resize(view, resized, INPUT);
        } finally {
            view.release();
        }
        Mat blob = Dnn.blobFromImage(resized, 1, INPUT, new Scalar(0, 0, 0), false, false);
        Mat output = new Mat();
        try {
            net.setInput(blob);
            output = net.forward();
            float[] values = new float[(int) output.total()];
            output.get(0, 0, values);
            return softmax(values)[LIVE];
        } finally {
            blob.release();
            output.release();
        }
    }

    private static double[] softmax(float[] values) {
        double max = Double.NEGATIVE_INFINITY;
        for (float value : values) {
            max = Math.max(max, value);
        }
        double sum = 0;
        double[] shares = new double[values.length];
        for (int at = 0; at < values.length; at++) {
            shares[at] = Math.exp(values[at] - max);
            sum += shares[at];
        }
        for (int at = 0; at < shares.length; at++) {
            shares[at] /= sum;
        }
        return shares;
    }

    /** The face's box enlarged about its middle, as far as the frame allows, moved inside it. */
    private static Rect surroundings(Mat frame, FaceShape face, double wanted) {
        double widest =
                Math.min((frame.rows() - 1) / face.height(), (frame.cols() - 1) / face.width());
        double scale = Math.min(wanted, widest);
        int width = (int) Math.max(1, Math.min(frame.cols(), face.width() * scale));
        int height = (int) Math.max(1, Math.min(frame.rows(), face.height() * scale));
        int x = (int) (face.x() + face.width() / 2 - width / 2.0);
        int y = (int) (face.y() + face.height() / 2 - height / 2.0);
        x = Math.max(0, Math.min(x, frame.cols() - width));
        y = Math.max(0, Math.min(y, frame.rows() - height));
        return new Rect(x, y, width, height);
    }

    void release() {
        resized.release();
    }
}
