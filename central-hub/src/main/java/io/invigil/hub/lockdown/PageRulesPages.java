package io.invigil.hub.lockdown;

import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.invigil.appliance.layout.Flash;
import io.invigil.appliance.layout.Page;
import io.invigil.appliance.web.Form;
import io.invigil.appliance.web.Reply;
import io.invigil.appliance.web.Visit;
import io.invigil.exam.pack.PageRules;
import io.invigil.hub.organisation.StaffRole;
import io.invigil.hub.organisation.StaffScope;
import io.invigil.hub.plan.Plan;
import io.invigil.hub.plan.PlanDesk;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The page on which the body says what candidates' pages watch in a plan. Thread-safe. */
public final class PageRulesPages implements HttpService {
    private static final int SECONDS_MAX = 600;

    private final PlanDesk desk;
    private final Clock clock;
    private final PlanPageRules rules = new PlanPageRules();

    public PageRulesPages(PlanDesk desk, Clock clock) {
        this.desk = desk;
        this.clock = clock;
    }

    @Override
    public void routing(HttpRules routes) {
        routes.get(
                        "/plans/{plan}/page-rules",
                        desk.page(this::show, StaffRole.BODY_STAFF, StaffRole.AUTHORITY_READER))
                .post("/plans/{plan}/page-rules", desk.page(this::save, StaffRole.BODY_STAFF));
    }

    private Reply show(Visit visit, StaffScope scope, Plan plan) {
        PageRules kept = desk.desk().inTransaction(tx -> rules.of(tx, plan));
        return form(visit, scope, plan, kept, List.of());
    }

    private Reply form(
            Visit visit,
            StaffScope scope,
            Plan plan,
            PageRules shown,
            List<Page.FieldError> errors) {
        Map<String, Object> view = new HashMap<>();
        view.put("visit", visit);
        view.put("plan", plan);
        view.put("rules", shown);
        view.put("mayDecide", scope.mayRunPlansOf(plan.body()));
        return Reply.page(
                PlanDesk.below(visit, plan, visit.text("pagerules.title")).errors(errors),
                desk.desk().content("lockdown/rules.jte", view));
    }

    private Reply save(Visit visit, StaffScope scope, Plan plan) {
        Form form = visit.form();
        List<Page.FieldError> errors = new ArrayList<>();
        List<String> keys =
                Arrays.stream(form.text("keys").toLowerCase(Locale.ROOT).split("[\\s,;]+"))
                        .filter(key -> !key.isEmpty())
                        .distinct()
                        .toList();
        boolean keysRight =
                keys.size() <= PageRules.KEYS_MAX
                        && keys.stream().allMatch(key -> key.matches("[0-9a-f]{64}"));
        if (!keysRight) {
            errors.add(new Page.FieldError("keys", visit.text("pagerules.keys.wrong")));
        }
        String seconds = form.text("seconds");
        boolean secondsRight =
                seconds.matches("[0-9]{1,3}") && Integer.parseInt(seconds) <= SECONDS_MAX;
        if (!secondsRight) {
            errors.add(new Page.FieldError("seconds", visit.text("pagerules.seconds.wrong")));
        }
        PageRules wanted =
                new PageRules(
                        leaving(form.text("leaving")),
                        secondsRight ? Integer.parseInt(seconds) : 0,
                        form.ticked("fullScreen"),
                        form.ticked("clipboard"),
                        form.ticked("safeBrowser"),
                        keysRight ? keys : List.of());
        if (!errors.isEmpty()) {
            return form(visit, scope, plan, wanted, errors).status(422);
        }
        PlanPageRules.Decision decision =
                desk.desk().inTransaction(tx -> rules.save(tx, scope, plan, wanted, clock));
        switch (decision) {
            case PlanPageRules.Decision.Saved saved ->
                    visit.flash(Flash.Kind.SUCCESS, visit.text("pagerules.saved"));
            case PlanPageRules.Decision.Refused refused ->
                    visit.flash(
                            Flash.Kind.WARNING,
                            visit.texts().of("pagerules.refusal", refused.code()));
        }
        return Reply.seeOther(PlanDesk.path(plan) + "/page-rules");
    }

    private static PageRules.Leaving leaving(String name) {
        return Arrays.stream(PageRules.Leaving.values())
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElse(PageRules.Leaving.RECORDED);
    }
}
