package io.invigil.hub.secondfactor;

import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.invigil.appliance.layout.Flash;
import io.invigil.appliance.layout.Page;
import io.invigil.appliance.web.Reply;
import io.invigil.appliance.web.Visit;
import io.invigil.hub.organisation.StaffDesk;
import io.invigil.hub.organisation.StaffRole;
import io.invigil.hub.organisation.StaffScope;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Of which roles a second factor is demanded. Thread-safe. */
public final class SecondFactorRulePages implements HttpService {
    private static final String PATH = "/staff-rules";

    private final StaffDesk desk;
    private final SecondFactors factors;

    public SecondFactorRulePages(StaffDesk desk, SecondFactors factors) {
        this.desk = desk;
        this.factors = factors;
    }

    @Override
    public void routing(HttpRules rules) {
        rules.get(PATH, desk.page(this::show, StaffRole.BODY_ADMIN))
                .post(PATH, desk.page(this::demand, StaffRole.BODY_ADMIN));
    }

    private Reply show(Visit visit, StaffScope scope) {
        Set<StaffRole> demanded = desk.inTransaction(tx -> factors.roles(tx, scope));
        return Reply.page(
                Page.titled(visit.text("second-factor.rules"))
                        .width(Page.Width.NARROW)
                        .under(visit.text("staff.nav"), "/staff"),
                desk.content(
                        "secondfactor/rules.jte",
                        Map.of(
                                "visit",
                                visit,
                                "roles",
                                List.of(StaffRole.values()),
                                "demanded",
                                demanded)));
    }

    private Reply demand(Visit visit, StaffScope scope) {
        List<String> ticked = visit.form().all("role");
        Set<StaffRole> wanted =
                Arrays.stream(StaffRole.values())
                        .filter(role -> ticked.contains(role.code()))
                        .collect(Collectors.toSet());
        desk.inTransaction(tx -> factors.demand(tx, scope, wanted));
        visit.flash(Flash.Kind.SUCCESS, visit.text("second-factor.rules.saved"));
        return Reply.seeOther(PATH);
    }
}
