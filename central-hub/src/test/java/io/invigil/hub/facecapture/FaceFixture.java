package io.invigil.hub.facecapture;

import io.invigil.appliance.db.Tx;
import io.invigil.appliance.i18n.Texts;
import io.invigil.hub.candidate.Candidate;
import io.invigil.hub.facecapture.FaceCaptures.Hand;
import io.invigil.testkit.SeededEntropy;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import javax.imageio.ImageIO;

/** Candidates who captured their face or declined, for tests of what comes after. */
public final class FaceFixture {
    static final FaceNotice NOTICE = new FaceNotice(List.of("告知"), "zh-CN 0123456789abcdef");

    private FaceFixture() {}

    /** A picture in which no face is: a ground and a spot. */
    public static byte[] drawn(String format, int width, int height) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D paint = image.createGraphics();
        paint.setColor(Color.LIGHT_GRAY);
        paint.fillRect(0, 0, width, height);
        paint.setColor(Color.PINK);
        paint.fillOval(width / 3, height / 3, width / 3, height / 3);
        paint.dispose();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, format, out);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return out.toByteArray();
    }

    /** The notice as the pages show it. */
    public static String version(Texts texts) {
        return FaceNotice.of(texts).version();
    }

    /** The candidate agreed and captured, without models; the JPEG that was kept. */
    public static byte[] captured(Tx tx, Candidate candidate) {
        FaceCaptures captures = new FaceCaptures(Optional.empty(), new SeededEntropy(3));
        Hand hand = new Hand(candidate, FaceWay.PORTAL, "");
        captures.agree(tx, hand, NOTICE.version(), NOTICE);
        FaceLook.Fit picture = (FaceLook.Fit) captures.look(drawn("jpeg", 640, 480));
        captures.capture(tx, hand, picture);
        return picture.jpeg();
    }

    public static void declined(Tx tx, Candidate candidate) {
        new FaceCaptures(Optional.empty(), new SeededEntropy(3))
                .decline(tx, new Hand(candidate, FaceWay.PORTAL, ""), NOTICE);
    }
}
