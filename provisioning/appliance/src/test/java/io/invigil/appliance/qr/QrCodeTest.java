package io.invigil.appliance.qr;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.zxing.BinaryBitmap;
import com.google.zxing.DecodeHintType;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import gg.jte.output.StringOutput;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class QrCodeTest {
    @Test
    void isReadBackFromThePng() throws Exception {
        String text = "https://example.org/v/考场通?c=ABCD-1234";
        byte[] png = QrCode.of(text).orElseThrow().png(6);
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(png));
        int[] pixels =
                image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
        var bitmap =
                new BinaryBitmap(
                        new HybridBinarizer(
                                new RGBLuminanceSource(
                                        image.getWidth(), image.getHeight(), pixels)));
        var hints = Map.of(DecodeHintType.PURE_BARCODE, Boolean.TRUE);
        assertThat(new QRCodeReader().decode(bitmap, hints).getText()).isEqualTo(text);
    }

    @Test
    void drawsAnSvgWithAnEscapedLabel() {
        StringOutput out = new StringOutput();
        QrCode code = QrCode.of("x").orElseThrow();
        code.svg("\"><script>").writeTo(out);
        assertThat(out.toString())
                .startsWith("<svg class=\"qr\"")
                .contains("viewBox=\"0 0 29 29\"")
                .contains("aria-label=\"&quot;>&lt;script>\"")
                .doesNotContain("<script");
    }

    @Test
    void refusesNothingAndTooMuch() {
        assertThat(QrCode.of("")).isEmpty();
        assertThat(QrCode.of("a".repeat(QrCode.TEXT_CHARS_MAX))).isPresent();
        assertThat(QrCode.of("a".repeat(QrCode.TEXT_CHARS_MAX + 1))).isEmpty();
    }
}
