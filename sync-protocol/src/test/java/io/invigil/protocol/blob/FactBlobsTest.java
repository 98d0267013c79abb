package io.invigil.protocol.blob;

import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.exam.room.FactStamp;
import io.invigil.exam.room.RoomFact;
import io.invigil.exam.room.StampedFact;
import io.invigil.protocol.crypto.Digest;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import org.junit.jupiter.api.Test;

/** How facts name blobs (XSP/1 section 4, XSP-013). */
class FactBlobsTest {
    private static final Digest ONE = Digest.sha256(new byte[] {1});
    private static final Digest TWO = Digest.sha256(new byte[] {2});

    private static byte[] json(String text) {
        return text.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void xsp013AFactOfAnyTypeNamesItsBlobs() {
        String both = "{'t':'x','blob':'" + ONE.hex() + "','blobs':['" + TWO.hex() + "']}";
        assertThat(FactBlobs.named(json(both))).containsExactly(ONE, TWO);
        String evidence = "{'t':'x','evidence':'" + TWO.hex() + "'}";
        assertThat(FactBlobs.named(json(evidence))).containsExactly(TWO);
        assertThat(FactBlobs.named(json("{'evidence':'a statement'}"))).isEmpty();
        assertThat(FactBlobs.named(json("{'t':'x'}"))).isEmpty();
        assertThat(FactBlobs.named(json("{'blob':7,'blobs':'no','other':'blob'}"))).isEmpty();
        assertThat(FactBlobs.named(json("{'blob':'" + ONE.hex().toUpperCase() + "'}"))).isEmpty();
        assertThat(FactBlobs.named(json("{'blob':"))).isEmpty();
    }

    @Test
    void xsp013NoFactNamesMoreThanTheLimit() {
        String many = String.join("','", Collections.nCopies(FactBlobs.BLOBS_MAX + 1, ONE.hex()));
        assertThat(FactBlobs.named(json("{'blobs':['" + many + "']}")))
                .hasSize(FactBlobs.BLOBS_MAX);
    }

    @Test
    void fault70TheFactOfALossNamesNoBlobToOffer() {
        var stamp = new FactStamp(1, 2, "boot", "node");
        byte[] fact =
                new StampedFact(stamp, new RoomFact.BlobLost("E-1", ONE.hex())).draft().json();
        assertThat(FactBlobs.lost(fact)).hasValue(ONE);
        assertThat(FactBlobs.named(fact)).isEmpty();
        assertThat(FactBlobs.lost(json("{'t':'x','blob':'" + ONE.hex() + "'}"))).isEmpty();
    }

    @Test
    void anAnswerNamesTheFilesInItsResponse() {
        String file = "blob:" + ONE.hex() + " 12 报告.pdf";
        assertThat(FactBlobs.named(json("{'t':'answer-saved','response':{'R':['" + file + "']}}")))
                .containsExactly(ONE);
        assertThat(FactBlobs.named(json("{'response':{'R':['see blob:" + ONE.hex() + " x']}}")))
                .isEmpty();
        assertThat(FactBlobs.named(json("{'response':['blob:" + ONE.hex() + " 1 x']}"))).isEmpty();
    }
}
