package io.invigil.hub.facecapture;

import io.invigil.appliance.vision.FaceAdvice;
import io.invigil.hub.candidate.PhotoIssue;

/** What was seen in a picture that somebody sent. */
public sealed interface FaceLook {

    /**
     * It may be kept.
     *
     * @param jpeg drawn anew, without anything but pixels
     * @param model that looked at it; empty when none is installed
     */
    record Fit(byte[] jpeg, String model) implements FaceLook {}

    /** One can make a better one. */
    record Unfit(FaceAdvice advice) implements FaceLook {}

    /** It is no picture, or one of the wrong size. */
    record NoPicture(PhotoIssue issue, String detail) implements FaceLook {}
}
