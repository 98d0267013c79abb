package io.invigil.hub;

import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.appliance.db.Tx;
import io.invigil.exam.file.EmergencyFile;
import io.invigil.hub.emergency.SavedFile;
import io.invigil.hub.pack.SlotKeys;
import io.invigil.hub.plan.SlotId;
import io.invigil.testkit.HttpsBrowser;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Issue 3, part 4: the centre opens an emergency file; two people, on their own pages. */
class EmergencyFilePagesTest {
    private static final String EXAM = "S1-node-1";
    @TempDir Path directory;

    @Test
    void oneTakesAFileInAndSeesItBesideTheLedgerAndAnotherAdmitsIt() {
        try (RunningHub running = RunningHub.beforeTheExam(directory)) {
            running.hub.parts().database().inTransaction(tx -> begun(tx, running));
            running.account("second", "body-staff", running.world.body.organisation().id().value());
            long sitting = Long.parseLong(running.samples.get("sitting"));
            byte[] file =
                    new SavedFile(new EmergencyFile.Scope(EXAM, sitting, "P1"))
                            .answer("Q-07", "op-7", "先断开低压电源 <b>")
                            .under(
                                    new SlotKeys(
                                            running.hub.parts().dataKey().derive(SlotKeys.PURPOSE)),
                                    new SlotId(Long.parseLong(running.samples.get("slot"))));
            String list = "/plans/" + running.samples.get("plan") + "/emergency-files";
            HttpsBrowser body = running.person("body");
            assertThat(body.get(list).body()).contains("data-upload=\"" + list + "\"");
            HttpResponse<String> taken = body.put(list, file);
            assertThat(taken.statusCode()).isEqualTo(303);
            String page = taken.headers().firstValue("Location").orElseThrow();
            assertThat(page).startsWith(list + "/");
            assertThat(body.get(page).body())
                    .contains("先断开低压电源 &lt;b&gt;")
                    .as("who took it in gets no form")
                    .doesNotContain("name=\"verdict\"");
            HttpsBrowser second = running.person("second");
            assertThat(second.get(page).body()).contains("name=\"verdict\"");
            assertThat(second.post(page, "verdict", "admit", "reason", "服务器损坏").statusCode())
                    .isEqualTo(303);
            assertThat(second.get(page).body())
                    .contains("服务器损坏")
                    .doesNotContain("name=\"verdict\"");
            assertThat(second.get(list).body()).contains(page);
            assertThat(running.person("clerk").get(page).statusCode()).isEqualTo(403);
        }
    }

    /** The room said that the sitting began, and no more. */
    private static boolean begun(Tx tx, RunningHub running) {
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
        return true;
    }
}
