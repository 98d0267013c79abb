package io.invigil.hub.marking;

import io.invigil.appliance.db.Tx;
import io.invigil.hub.audit.Audit;
import io.invigil.hub.organisation.StaffScope;
import io.invigil.hub.registration.SittingId;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;

/** What people decide about a sitting's marks, for the audit. Stateless. */
final class MarkingAudit {
    private final Audit audit = new Audit();

    void settled(Tx tx, StaffScope scope, ScoreAlarm alarm, String reason) {
        audit.created(
                tx,
                scope.actor(),
                "score-alarm",
                alarm.sitting(),
                Map.of("alarm", alarm.kind().name(), "settled", reason));
    }

    void late(
            Tx tx,
            StaffScope scope,
            SittingId sitting,
            String op,
            boolean accepted,
            String reason) {
        audit.created(
                tx,
                scope.actor(),
                "late-answer",
                sitting.value(),
                Map.of("answer", op, "accepted", accepted, "reason", reason));
    }

    void given(
            Tx tx,
            StaffScope scope,
            SittingId sitting,
            String item,
            Optional<TextMark> before,
            BigDecimal mark) {
        audit.changed(
                tx,
                scope.actor(),
                "mark",
                sitting.value() + "/" + item,
                Map.of("mark", before.map(given -> given.mark().toString()).orElse("")),
                Map.of("mark", mark.toString()));
    }
}
