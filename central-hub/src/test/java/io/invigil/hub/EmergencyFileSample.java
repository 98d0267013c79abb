package io.invigil.hub;

import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.appliance.db.Tx;
import io.invigil.exam.file.EmergencyFile;
import io.invigil.hub.emergency.SavedFile;
import io.invigil.hub.pack.SlotKeys;
import io.invigil.hub.plan.SlotId;
import io.invigil.testkit.HttpsBrowser;
import java.net.http.HttpResponse;
import java.util.Map;

/**
 * An emergency file of the running hub's sample sitting, of which the centre knows the beginning.
 */
final class EmergencyFileSample {
    /** What the file answers; the page must show it as text. */
    static final String ANSWER = "先断开低压电源 <b>";

    private static final String EXAM = "S1-node-1";

    private EmergencyFileSample() {}

    /** Where the files of the sample plan stand. */
    static String list(RunningHub running) {
        return "/plans/" + running.samples.get("plan") + "/emergency-files";
    }

    /**
     * Lets somebody bring the file in.
     *
     * @return its page
     */
    static String broughtBy(RunningHub running, HttpsBrowser person) {
        running.hub.parts().database().useTransaction(tx -> begun(tx, running));
        long sitting = Long.parseLong(running.samples.get("sitting"));
        byte[] file =
                new SavedFile(new EmergencyFile.Scope(EXAM, sitting, "P1"))
                        .answer("Q-07", "op-7", ANSWER)
                        .under(
                                new SlotKeys(
                                        running.hub.parts().dataKey().derive(SlotKeys.PURPOSE)),
                                new SlotId(Long.parseLong(running.samples.get("slot"))));
        HttpResponse<String> taken = person.put(list(running), file);
        assertThat(taken.statusCode()).as(taken.body()).isEqualTo(303);
        return taken.headers().firstValue("Location").orElseThrow();
    }

    /** The room said that the sitting began, and no more. */
    private static void begun(Tx tx, RunningHub running) {
        Map<String, Object> ids =
                Map.of(
                        "t", running.world.tenant.value(),
                        "plan", Long.parseLong(running.samples.get("plan")),
                        "slot", Long.parseLong(running.samples.get("slot")),
                        "site", Long.parseLong(running.samples.get("site")),
                        "exam", EXAM,
                        "digest", "0".repeat(64),
                        "none", new byte[0]);
        tx.update(
                        """
                        insert into exam_package (tenant, exam, plan, slot, site, node, starts_ms,
                            ends_ms, secrets, version, digest, manifest, sittings, published_ms,
                            published_by, fetched_version, active_version, release_ms, sent_ms,
                            opened_ms, opened_how)
                        values (:t, :exam, :plan, :slot, :site, 'node-1', 0, 1, :none, 1, :digest,
                            :none, 1, 0, '', 1, 1, 0, 0, 1, '')
                        """)
                .bindMap(ids)
                .execute();
        tx.update(
                        """
                        insert into attempt (tenant, sitting, node, attendance,
                            check_in_way, started_ms, paper, allowed_ms, granted_ms, hand_in_cause,
                            handed_in_ms, answered, answers_digest, provisional_score,
                            provisional_maximum, incidents)
                        values (:t, :sitting, 'node-1', 'CHECKED_IN', 'MANUAL', 1, 'P1',
                            0, 0, '', 0, 0, '', '', '', 0)
                        """)
                .bind("t", running.world.tenant.value())
                .bind("sitting", Long.parseLong(running.samples.get("sitting")))
                .execute();
    }
}
