package io.invigil.hub.lockdown;

import io.invigil.appliance.db.Tx;
import io.invigil.exam.pack.PageRules;
import io.invigil.hub.organisation.TenantId;
import io.invigil.hub.plan.PlanId;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** SQL of the rules of test pages. Stateless. */
final class PageRulesStore {

    Optional<PageRules> find(Tx tx, TenantId tenant, PlanId plan) {
        return tx.query(
                        """
                        select * from plan_page_rules where tenant = :tenant and plan = :plan
                        """)
                .bind("tenant", tenant.value())
                .bind("plan", plan.value())
                .map(
                        (row, context) ->
                                new PageRules(
                                        PageRules.Leaving.valueOf(row.getString("leaving")),
                                        row.getInt("leaving_seconds"),
                                        row.getInt("full_screen") == 1,
                                        row.getInt("clipboard") == 1,
                                        row.getInt("safe_browser") == 1,
                                        keys(row.getString("browser_exam_keys"))))
                .findOne();
    }

    private static List<String> keys(String text) {
        return Arrays.stream(text.split(" ")).filter(key -> !key.isEmpty()).toList();
    }

    void put(Tx tx, TenantId tenant, PlanId plan, PageRules rules, String login, Instant at) {
        tx.update(
                        tx.dialect()
                                .upsert(
                                        "plan_page_rules",
                                        List.of("tenant", "plan"),
                                        List.of(
                                                "leaving",
                                                "leaving_seconds",
                                                "full_screen",
                                                "clipboard",
                                                "safe_browser",
                                                "browser_exam_keys",
                                                "login",
                                                "at_ms")))
                .bind("tenant", tenant.value())
                .bind("plan", plan.value())
                .bind("leaving", rules.leaving().name())
                .bind("leaving_seconds", rules.leavingSecondsAllowed())
                .bind("full_screen", rules.fullScreen() ? 1 : 0)
                .bind("clipboard", rules.clipboard() ? 1 : 0)
                .bind("safe_browser", rules.safeBrowser() ? 1 : 0)
                .bind("browser_exam_keys", String.join(" ", rules.browserExamKeys()))
                .bind("login", login)
                .bind("at_ms", at.toEpochMilli())
                .execute();
    }
}
