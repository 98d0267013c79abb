package io.invigil.site.doctor.line;

import io.invigil.protocol.node.NodeAlarm;
import io.invigil.site.doctor.Check;
import io.invigil.site.doctor.Measured;
import io.invigil.site.doctor.Probe;
import io.invigil.site.doctor.Symptom;
import io.invigil.site.sync.SyncStatus;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Records that no verified receipt of the centre covers, and alarms of the way there. */
public final class BacklogProbe implements Probe {
    /** What a stick or patience does not cure: two copies of this node, or a false centre. */
    static final Set<String> GRAVE =
            Set.of(
                    NodeAlarm.RECEIPT_FOR_UNKNOWN_EPOCH.name(),
                    NodeAlarm.HUB_EQUIVOCATES.name(),
                    NodeAlarm.HUB_RECORD_DIFFERS.name(),
                    NodeAlarm.RECORDS_LOST_HERE.name(),
                    NodeAlarm.LEDGER_READ_FAILED.name(),
                    NodeAlarm.HUB_MESSAGE_FORGED.name());

    private final Supplier<Optional<SyncStatus.View>> sync;

    /**
     * @param sync empty when the node does not run: only then it is not known
     */
    public BacklogProbe(Supplier<Optional<SyncStatus.View>> sync) {
        this.sync = sync;
    }

    @Override
    public Check check() {
        return Check.BACKLOG;
    }

    @Override
    public Measured look() {
        Optional<SyncStatus.View> known = sync.get();
        if (known.isEmpty()) {
            return Measured.of(Symptom.BACKLOG_UNKNOWN);
        }
        SyncStatus.View view = known.get();
        List<String> grave =
                view.alarms().stream()
                        .map(SyncStatus.Noted::code)
                        .filter(GRAVE::contains)
                        .distinct()
                        .toList();
        String receipt = view.lastReceipt().map(Instant::toString).orElse("–");
        if (!grave.isEmpty()) {
            return Measured.of(
                    Symptom.BACKLOG_ALARM, view.waiting(), receipt, String.join(", ", grave));
        }
        boolean clear = view.flowing() || view.waiting() == 0;
        return Measured.of(
                clear ? Symptom.BACKLOG_CLEAR : Symptom.BACKLOG_WAITS, view.waiting(), receipt);
    }
}
