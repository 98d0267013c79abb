package io.invigil.hub.pack;

import io.invigil.exam.paper.Item;
import io.invigil.exam.paper.Paper;
import io.invigil.exam.paper.PaperCodec;
import io.invigil.exam.paper.Xhtml;
import java.math.BigDecimal;
import java.util.List;

/**
 * The dummy paper of every package: it opens without release, so a node can prove the day before
 * that its keys and the format work (XSP/1 section 8).
 */
final class RehearsalPaper {
    private RehearsalPaper() {}

    static byte[] json() {
        Item text =
                new Item(
                        "rehearsal-1",
                        "",
                        Xhtml.ofText(
                                "演练试卷：能看到这段文字，说明密钥和格式都正常。"
                                        + " Rehearsal paper: whoever reads this has working keys."),
                        List.of(),
                        BigDecimal.ZERO,
                        true);
        Paper.Section section =
                new Paper.Section("rehearsal", "", "", Xhtml.EMPTY, false, List.of(text));
        return PaperCodec.encode(
                new Paper("rehearsal", "演练", "Rehearsal", List.of(section), List.of()));
    }
}
