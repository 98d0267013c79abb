package io.invigil.site.doctor.machine;

import io.invigil.site.doctor.Check;
import io.invigil.site.doctor.Measured;
import io.invigil.site.doctor.Probe;
import io.invigil.site.doctor.Symptom;
import io.invigil.site.room.history.HistoryCheck;
import java.util.function.Supplier;

/** Derby's own check of every table of the room's history (fault rows 12 and 13). */
public final class DatabaseProbe implements Probe {
    /** Records behind the ledger that half a minute of a full room leaves (XSP/1 section 2). */
    public static final long LAG_MAX = 10_000;

    private final Supplier<HistoryCheck> history;

    public DatabaseProbe(Supplier<HistoryCheck> history) {
        this.history = history;
    }

    @Override
    public Check check() {
        return Check.DATABASE;
    }

    @Override
    public Measured look() {
        return switch (history.get()) {
            case HistoryCheck.Sound sound ->
                    Measured.of(
                            sound.lag() > LAG_MAX ? Symptom.DATABASE_LAGS : Symptom.DATABASE_SOUND,
                            sound.tables(),
                            sound.lag());
            case HistoryCheck.Away away -> Measured.of(Symptom.DATABASE_AWAY);
            case HistoryCheck.Damaged damaged ->
                    Measured.of(Symptom.DATABASE_DAMAGED, damaged.where());
        };
    }
}
