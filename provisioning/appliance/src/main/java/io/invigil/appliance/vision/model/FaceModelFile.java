package io.invigil.appliance.vision.model;

import io.invigil.appliance.vision.FaceScale;
import io.invigil.protocol.crypto.Digest;
import java.util.List;
import java.util.Optional;

/**
 * A model file that we know, pinned by length and SHA-256.
 *
 * @param file its name in the models directory
 * @param use what it is for
 * @param bytes its length
 * @param licence of the file, as its publisher states it
 * @param scale thresholds of a recogniser; empty for others
 */
public record FaceModelFile(
        String file,
        Use use,
        long bytes,
        Digest sha256,
        String licence,
        Optional<FaceScale> scale) {

    /** What a file is for. */
    public enum Use {
        DETECTOR,
        RECOGNISER,
        LIVENESS_NEAR,
        LIVENESS_FAR
    }

    /** MobileFace V2: bands measured on the mean of three good frames. */
    private static final FaceScale MOBILEFACE = new FaceScale("mobileface-v2-112", 0.52, 0.36);

    /** SFace: its authors document one threshold; without a band below it, lower is a mismatch. */
    private static final FaceScale SFACE = new FaceScale("sface-2021dec", 0.363, 0.363);

    /** All known files; of recognisers the first that is installed is used. */
    public static final List<FaceModelFile> KNOWN =
            List.of(
                    known(
                            "face_detection_yunet_2023mar.onnx",
                            Use.DETECTOR,
                            232_589,
                            "8f2383e4dd3cfbb4553ea8718107fc0423210dc964f9f4280604804ed2552fa4",
                            "MIT",
                            Optional.empty()),
                    known(
                            "face_recognition_mobileface_v2_112.onnx",
                            Use.RECOGNISER,
                            3_590_041,
                            "d05ec45ba82849f1816c974ac8b3ee8c88a0158810576265b5f1fa95a054c154",
                            "MIT",
                            Optional.of(MOBILEFACE)),
                    known(
                            "face_recognition_sface_2021dec.onnx",
                            Use.RECOGNISER,
                            38_696_353,
                            "0ba9fbfa01b5270c96627c4ef784da859931e02f04419c829e83484087c34e79",
                            "Apache-2.0",
                            Optional.of(SFACE)),
                    known(
                            "antispoof_minifasnet_v2_2.7_80x80.onnx",
                            Use.LIVENESS_NEAR,
                            1_743_495,
                            "6451b2264e2099ac37c176c4a2c6e62d072a2108c4c779b45469dfc96e97ae65",
                            "Apache-2.0",
                            Optional.empty()),
                    known(
                            "antispoof_minifasnet_v1se_4.0_80x80.onnx",
                            Use.LIVENESS_FAR,
                            1_742_663,
                            "12414771f25b38723be9c6e821baa1242f034efae2b21093ec99cf7f1c3d75f8",
                            "Apache-2.0",
                            Optional.empty()));

    private static FaceModelFile known(
            String file,
            Use use,
            long bytes,
            String sha256,
            String licence,
            Optional<FaceScale> scale) {
        return new FaceModelFile(file, use, bytes, Digest.ofHex(sha256), licence, scale);
    }
}
