package io.invigil.protocol.ledger.segment;

import io.invigil.protocol.fact.EpochId;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Name of a segment file. The name only sorts for people; what counts stands in the header.
 *
 * @param firstPosition ledger position of the first record the segment may hold
 * @param index number of the segment in its epoch, from 0
 */
public record SegmentName(long firstPosition, EpochId epoch, int index) {
    /** Segments of one epoch: 1.6 TB, far beyond a device's life. */
    public static final int INDEX_MAX = 99_999;

    private static final Pattern FORM =
            Pattern.compile("seg-([0-9]{19})-([0-9a-f]{32})-([0-9]{5})\\.xsl");

    public SegmentName {
        if (firstPosition < 1 || index < 0 || index > INDEX_MAX) {
            throw new IllegalArgumentException("a segment's position or index is out of range");
        }
    }

    public String fileName() {
        return String.format("seg-%019d-%s-%05d.xsl", firstPosition, epoch.hex(), index);
    }

    /** Reads a file name; empty when it is not a segment's. */
    public static Optional<SegmentName> parse(String fileName) {
        Matcher matcher = FORM.matcher(fileName);
        if (!matcher.matches() || matcher.group(1).compareTo("9223372036854775807") > 0) {
            return Optional.empty();
        }
        long position = Long.parseLong(matcher.group(1));
        if (position < 1) {
            return Optional.empty();
        }
        return Optional.of(
                new SegmentName(
                        position,
                        new EpochId(matcher.group(2)),
                        Integer.parseInt(matcher.group(3))));
    }
}
