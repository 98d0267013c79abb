package io.invigil.site.sync;

import io.invigil.protocol.fact.FactRecord;
import io.invigil.protocol.ledger.Ledger;
import io.invigil.protocol.ledger.LedgerGap;
import io.invigil.protocol.ledger.Restoration;
import io.invigil.protocol.receipt.HeldRecords;
import io.invigil.site.technician.HubHttp;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * Asks the hub for what damage took from the ledger (XSP-128, XSP-129; fault row 84). What the room
 * made of the missing facts is read again at the next start. For one thread.
 */
public final class LedgerRepair {
    /** A longer gap is a dead disk: its stick goes to the centre. */
    public static final long GAP_RECORDS_MAX = 20_000;

    private final HubHttp hub;
    private final Ledger ledger;
    private final BiConsumer<String, String> alarm;

    /**
     * @param alarm told once of each gap that was filled: code and detail
     */
    public LedgerRepair(HubHttp hub, Ledger ledger, BiConsumer<String, String> alarm) {
        this.hub = hub;
        this.ledger = ledger;
        this.alarm = alarm;
    }

    /** Tries each open gap; what the hub does not hold yet is asked for again the next time. */
    void run() throws IOException {
        for (LedgerGap gap : ledger.gaps()) {
            if (gap.toSeq() - gap.fromSeq() < GAP_RECORDS_MAX) {
                fill(gap);
            }
        }
    }

    private void fill(LedgerGap gap) throws IOException {
        List<FactRecord> taken = new ArrayList<>();
        while (gap.fromSeq() + taken.size() <= gap.toSeq()) {
            List<FactRecord> more = ask(gap, taken);
            if (more.isEmpty()) {
                return;
            }
            taken.addAll(more);
        }
        if (ledger.restore(taken) == Restoration.FILLED) {
            alarm.accept(
                    "LEDGER_RESTORED",
                    gap.epoch().hex().substring(0, 8)
                            + " "
                            + gap.lane().code()
                            + " "
                            + gap.fromSeq()
                            + "-"
                            + gap.toSeq());
        }
    }

    private List<FactRecord> ask(LedgerGap gap, List<FactRecord> before) throws IOException {
        long from = gap.fromSeq() + before.size();
        String path =
                "/x1/records/"
                        + gap.epoch().hex()
                        + "/"
                        + gap.lane().code()
                        + "/"
                        + from
                        + "/"
                        + gap.toSeq();
        HubHttp.Answer answer = hub.get(path, HeldRecords.BYTES_MAX);
        Optional<HeldRecords> held =
                answer.ok() ? HeldRecords.read(answer.body()) : Optional.empty();
        if (held.isEmpty()) {
            throw new IOException("the hub answered " + answer.status() + " to /x1/records");
        }
        return held.get()
                .chained(
                        gap.epoch(),
                        gap.lane(),
                        from,
                        before.isEmpty() ? gap.prevHash() : before.getLast().hash());
    }
}
