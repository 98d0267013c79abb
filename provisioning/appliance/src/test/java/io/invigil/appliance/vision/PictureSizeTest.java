package io.invigil.appliance.vision;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

/** Limits before allocation: the size of a picture is known before it is decoded. */
class PictureSizeTest {
    private static byte[] picture(String format) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(321, 123, BufferedImage.TYPE_3BYTE_BGR), format, out);
        return out.toByteArray();
    }

    @Test
    void readsTheHeadersOfJpegAndPng() throws IOException {
        assertThat(PictureSize.of(picture("jpg"))).contains(new PictureSize(321, 123));
        assertThat(PictureSize.of(picture("png"))).contains(new PictureSize(321, 123));
    }

    @Test
    void aCutOrForeignFileHasNoSize() throws IOException {
        byte[] jpeg = picture("jpg");
        for (int length = 0; length < 100; length++) {
            assertThat(PictureSize.of(Arrays.copyOf(jpeg, length))).isEmpty();
        }
        assertThat(PictureSize.of(picture("gif"))).isEmpty();
        assertThat(PictureSize.of(new byte[10_000])).isEmpty();
    }
}
