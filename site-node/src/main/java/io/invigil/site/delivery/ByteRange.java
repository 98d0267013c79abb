package io.invigil.site.delivery;

import io.invigil.appliance.web.Reply;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One range of bytes (RFC 9110 section 14), which players of sound and film ask for. Pure. */
final class ByteRange {
    private static final Pattern FORM = Pattern.compile("bytes=([0-9]{0,18})-([0-9]{0,18})");

    private ByteRange() {}

    /** The picture, sound or film, whole or as far as it was asked for. */
    static Reply reply(Optional<String> range, CandidatePapers.Picture asset) {
        boolean playable =
                asset.mediaType().startsWith("audio/") || asset.mediaType().startsWith("video/");
        if (!playable) {
            return Reply.bytes(asset.mediaType(), asset.bytes())
                    .header("Cache-Control", "private, max-age=3600");
        }
        Matcher asked = FORM.matcher(range.orElse(""));
        if (!asked.matches() || asked.group(1).isEmpty() && asked.group(2).isEmpty()) {
            return playable(Reply.bytes(asset.mediaType(), asset.bytes()));
        }
        int length = asset.bytes().length;
        boolean suffix = asked.group(1).isEmpty();
        long from =
                suffix ? length - Long.parseLong(asked.group(2)) : Long.parseLong(asked.group(1));
        long to =
                suffix || asked.group(2).isEmpty()
                        ? length - 1L
                        : Math.min(length - 1L, Long.parseLong(asked.group(2)));
        from = Math.max(0, from);
        if (from > to) {
            return playable(Reply.noContent())
                    .status(416)
                    .header("Content-Range", "bytes */" + length);
        }
        byte[] part = Arrays.copyOfRange(asset.bytes(), (int) from, (int) to + 1);
        return playable(Reply.bytes(asset.mediaType(), part))
                .status(206)
                .header("Content-Range", "bytes " + from + "-" + to + "/" + length);
    }

    private static Reply playable(Reply reply) {
        return reply.header("Accept-Ranges", "bytes").header("Cache-Control", "no-store");
    }
}
