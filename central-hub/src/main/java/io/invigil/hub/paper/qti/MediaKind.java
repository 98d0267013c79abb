package io.invigil.hub.paper.qti;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Kinds of sound and film that browsers play, told by their first bytes and never by name. */
enum MediaKind {
    MP3("audio/mpeg", false),
    OGG("audio/ogg", false),
    WAV("audio/wav", false),
    M4A("audio/mp4", false),
    MP4("video/mp4", true),
    WEBM("video/webm", true);

    private final String mediaType;
    private final boolean video;

    MediaKind(String mediaType, boolean video) {
        this.mediaType = mediaType;
        this.video = video;
    }

    String mediaType() {
        return mediaType;
    }

    boolean video() {
        return video;
    }

    static Optional<MediaKind> of(byte[] content) {
        if (content.length < 12) {
            return Optional.empty();
        }
        String begin = new String(content, 0, 12, StandardCharsets.ISO_8859_1);
        if (begin.startsWith("ID3") || content[0] == (byte) 0xff && (content[1] & 0xe6) == 0xe2) {
            return Optional.of(MP3);
        }
        if (begin.startsWith("OggS")) {
            return Optional.of(OGG);
        }
        if (begin.startsWith("RIFF") && begin.endsWith("WAVE")) {
            return Optional.of(WAV);
        }
        if (begin.startsWith("ftyp", 4)) {
            return Optional.of(begin.startsWith("M4A", 8) ? M4A : MP4);
        }
        return begin.startsWith("\u001aE\u00df\u00a3") ? Optional.of(WEBM) : Optional.empty();
    }
}
