package io.invigil.hub.fee;

import io.invigil.appliance.db.Tx;
import io.invigil.hub.audit.Audit;
import io.invigil.hub.organisation.FieldIssue;
import io.invigil.hub.organisation.StaffScope;
import io.invigil.hub.plan.CertificateLevel;
import io.invigil.hub.plan.LevelId;
import io.invigil.hub.plan.Plan;
import io.invigil.hub.plan.PlanContent;
import io.invigil.hub.plan.RegistrationMode;
import io.invigil.hub.plan.Subject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The body's price list of a plan: per certificate, or per subject. Stateless. */
public final class FeePrices {
    /** 100 000 yuan. */
    public static final long FEN_MAX = 10_000_000;

    private final FeeStore store = new FeeStore();
    private final PlanContent content = new PlanContent();
    private final Audit audit = new Audit();

    /**
     * What has a price.
     *
     * @param subject number of the subject, 0 for the whole certificate
     */
    public record Priced(LevelId level, long subject) {}

    /** What the plan's way of registering prices, with how it is shown. */
    public record Item(Priced priced, String title) {}

    public List<Item> items(Tx tx, Plan plan) {
        List<Item> items = new ArrayList<>();
        for (CertificateLevel level : content.levels(tx, plan.tenant(), plan.id())) {
            if (plan.registrationMode() == RegistrationMode.BY_CERTIFICATE) {
                items.add(new Item(new Priced(level.id(), 0), level.title()));
                continue;
            }
            for (Subject subject : content.subjects(tx, plan.tenant(), plan.id())) {
                if (subject.level().equals(level.id())) {
                    items.add(
                            new Item(
                                    new Priced(level.id(), subject.id().value()),
                                    level.title() + " · " + subject.name()));
                }
            }
        }
        return items;
    }

    /** Prices in fen. */
    public Map<Priced, Long> prices(Tx tx, Plan plan) {
        return store.prices(tx, plan.tenant(), plan.id());
    }

    /**
     * Sets prices of the body's own plan, all or none. Requests that were made keep theirs.
     *
     * @return why nothing was changed; empty when done
     */
    public List<FieldIssue> set(Tx tx, StaffScope scope, Plan plan, Map<Priced, Long> prices) {
        if (!scope.mayRunPlansOf(plan.body())) {
            return List.of(FieldIssue.of("", FeeRefusal.FEE_NOT_ALLOWED));
        }
        List<Priced> known = items(tx, plan).stream().map(Item::priced).toList();
        List<FieldIssue> issues = new ArrayList<>();
        prices.forEach(
                (priced, fen) -> {
                    if (!known.contains(priced)) {
                        issues.add(FieldIssue.of("", FeeRefusal.FEE_LEVEL_UNKNOWN));
                    } else if (fen < 0 || fen > FEN_MAX) {
                        issues.add(
                                FieldIssue.of(
                                        field(priced),
                                        FeeRefusal.FEE_PRICE_RANGE,
                                        Long.toString(FEN_MAX / 100)));
                    }
                });
        if (issues.isEmpty()) {
            Map<Priced, Long> before = prices(tx, plan);
            Map<String, Long> old = new LinkedHashMap<>();
            Map<String, Long> fresh = new LinkedHashMap<>();
            prices.forEach(
                    (priced, fen) -> {
                        Optional.ofNullable(before.get(priced))
                                .ifPresent(fen1 -> old.put(field(priced), fen1));
                        fresh.put(field(priced), fen);
                    });
            audit.changed(tx, scope.actor(), "fee-price", plan.id(), old, fresh);
            prices.forEach(
                    (priced, fen) ->
                            store.price(
                                    tx,
                                    plan.tenant(),
                                    plan.id(),
                                    priced.level(),
                                    priced.subject(),
                                    fen));
        }
        return issues;
    }

    /** Name of the form field of a price. */
    public static String field(Priced priced) {
        return "price-" + priced.level() + "-" + priced.subject();
    }
}
