package io.invigil.site.receipt;

import io.invigil.appliance.i18n.Texts;
import io.invigil.site.room.core.SittingState;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/** What the page of a receipt shows. */
public record ReceiptView(
        Texts texts, String typed, Answer answer, Optional<SittingState.HandIn> handIn) {

    /** What the node says. */
    public enum Answer {
        NONE,
        HELD,
        UNKNOWN,
        MALFORMED,
        TOO_OFTEN
    }

    public String text(String key, Object... arguments) {
        return texts.text(key, arguments);
    }

    /** The answer in words. */
    public String said() {
        return texts.text(
                "receipt.answer." + answer.name().toLowerCase(Locale.ROOT).replace('_', '-'));
    }

    public String at() {
        return texts.dateTime(Instant.ofEpochMilli(handIn.orElseThrow().wallMillis()));
    }
}
