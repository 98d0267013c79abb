package io.invigil.hub.office;

import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.invigil.appliance.db.Tx;
import io.invigil.appliance.layout.Flash;
import io.invigil.appliance.layout.FormErrors;
import io.invigil.appliance.layout.Page;
import io.invigil.appliance.web.Reply;
import io.invigil.appliance.web.Visit;
import io.invigil.hub.organisation.Entered;
import io.invigil.hub.organisation.FieldIssue;
import io.invigil.hub.organisation.Organisation;
import io.invigil.hub.organisation.OrganisationDraft;
import io.invigil.hub.organisation.OrganisationId;
import io.invigil.hub.organisation.OrganisationKind;
import io.invigil.hub.organisation.OrganisationRefusal;
import io.invigil.hub.organisation.Organisations;
import io.invigil.hub.organisation.RecordVersion;
import io.invigil.hub.organisation.StaffDesk;
import io.invigil.hub.organisation.StaffRole;
import io.invigil.hub.organisation.StaffScope;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Organisations: list and form; a body's administrator enters schools and authorities, a school's
 * its colleges. Thread-safe.
 */
public final class OrganisationPages implements HttpService {
    static final String PATH = "/organisations";

    private static final Set<String> EDITED = Set.of("name", "region");

    private final StaffDesk desk;
    private final Organisations organisations = new Organisations();

    public OrganisationPages(StaffDesk desk) {
        this.desk = desk;
    }

    @Override
    public void routing(HttpRules rules) {
        StaffRole[] keepers = {StaffRole.BODY_ADMIN, StaffRole.SCHOOL_ADMIN};
        rules.get(
                        PATH,
                        desk.page(
                                this::list,
                                StaffRole.BODY_STAFF,
                                StaffRole.AUTHORITY_READER,
                                StaffRole.BODY_ADMIN,
                                StaffRole.SCHOOL_ADMIN))
                .get(PATH + "/new", desk.page(this::blank, keepers))
                .post(PATH + "/new", desk.page(this::add, keepers))
                .get(PATH + "/{organisation}", desk.page(this::edit, keepers))
                .post(PATH + "/{organisation}", desk.page(this::change, keepers));
    }

    private Reply list(Visit visit, StaffScope scope) {
        List<Organisation> rows =
                desk.inTransaction(tx -> organisations.all(tx, scope.tenant())).stream()
                        .filter(one -> isListed(scope, one))
                        .toList();
        Map<String, Object> view = new HashMap<>();
        view.put("visit", visit);
        view.put("rows", rows);
        view.put("enters", (Predicate<Organisation>) one -> isKept(scope, one));
        view.put("mayEnter", scope.administers());
        return Reply.page(
                Page.titled(visit.text("organisation.nav")),
                desk.content("office/organisations.jte", view));
    }

    /** A school's administrator sees the own school and its colleges. */
    private static boolean isListed(StaffScope scope, Organisation one) {
        OrganisationId own = scope.organisation().id();
        return scope.role() != StaffRole.SCHOOL_ADMIN
                || one.id().equals(own)
                || one.isCollegeOf(own);
    }

    /** Whether the administrator enters and changes such an organisation. */
    private static boolean isKept(StaffScope scope, Organisation one) {
        return one.kind() == OrganisationKind.COLLEGE
                ? scope.has(StaffRole.SCHOOL_ADMIN) && one.isCollegeOf(scope.organisation().id())
                : scope.has(StaffRole.BODY_ADMIN) && one.kind() != OrganisationKind.BODY;
    }

    private static List<OrganisationKind> kinds(StaffScope scope) {
        return scope.has(StaffRole.SCHOOL_ADMIN)
                ? List.of(OrganisationKind.COLLEGE)
                : List.of(
                        OrganisationKind.SCHOOL,
                        OrganisationKind.AUTHORITY,
                        OrganisationKind.PROVINCE,
                        OrganisationKind.UNIT);
    }

    private Reply blank(Visit visit, StaffScope scope) {
        return form(visit, scope, Optional.empty(), Entered.empty(), new FormErrors(), List.of());
    }

    private Reply form(
            Visit visit,
            StaffScope scope,
            Optional<Organisation> before,
            Entered entered,
            FormErrors errors,
            List<RecordVersion.Difference> differences) {
        Map<String, Object> view = new HashMap<>();
        view.put("visit", visit);
        view.put("action", before.map(one -> PATH + "/" + one.id()).orElse(PATH + "/new"));
        view.put("fresh", before.isEmpty());
        view.put("entered", entered);
        view.put("errors", errors);
        view.put("differences", differences);
        view.put("kinds", kinds(scope));
        String title =
                before.map(Organisation::name).orElseGet(() -> visit.text("organisation.new"));
        return Reply.page(
                Page.titled(title)
                        .width(Page.Width.NARROW)
                        .under(visit.text("organisation.nav"), PATH)
                        .errors(errors.list()),
                desk.content("office/organisation.jte", view));
    }

    private Reply add(Visit visit, StaffScope scope) {
        Optional<OrganisationKind> kind =
                Arrays.stream(OrganisationKind.values())
                        .filter(one -> one.name().equals(visit.form().text("kind")))
                        .findFirst();
        return enter(visit, scope, Optional.empty(), kind.orElse(kinds(scope).getFirst()));
    }

    /** Another body's or another school's record is none of the administrator's business. */
    private Optional<Organisation> find(Visit visit, StaffScope scope) {
        long number = visit.pathNumber("organisation");
        return number <= 0
                ? Optional.empty()
                : desk.inTransaction(
                                tx ->
                                        organisations.find(
                                                tx, scope.tenant(), new OrganisationId(number)))
                        .filter(one -> isKept(scope, one));
    }

    private Reply edit(Visit visit, StaffScope scope) {
        return find(visit, scope)
                .map(
                        one ->
                                form(
                                        visit,
                                        scope,
                                        Optional.of(one),
                                        RecordVersion.opened(stored(one), one),
                                        new FormErrors(),
                                        List.of()))
                .orElseGet(Reply::notFound);
    }

    private static Entered stored(Organisation one) {
        return new Entered.Builder()
                .with("kind", one.kind())
                .with("code", one.code())
                .with("name", one.name())
                .with("region", one.region())
                .build();
    }

    private Reply change(Visit visit, StaffScope scope) {
        return find(visit, scope)
                .map(one -> enter(visit, scope, Optional.of(one), one.kind()))
                .orElseGet(Reply::notFound);
    }

    private Reply enter(
            Visit visit, StaffScope scope, Optional<Organisation> before, OrganisationKind kind) {
        Entered filled = new Entered(visit.form().fields());
        Entered sent = before.map(one -> RecordVersion.settled(filled, stored(one))).orElse(filled);
        OrganisationDraft draft =
                new OrganisationDraft(
                        kind, sent.text("code"), sent.text("name"), sent.text("region"));
        Result result = desk.inTransaction(tx -> enter(tx, scope, before, sent, draft));
        if (result.issues().isEmpty()) {
            visit.flash(Flash.Kind.SUCCESS, visit.text("organisation.saved"));
            return Reply.seeOther(PATH);
        }
        FormErrors errors = StaffDesk.errors(visit, result.issues());
        return result.meanwhile()
                .map(now -> conflict(visit, scope, now, sent, errors))
                .orElseGet(() -> form(visit, scope, before, sent, errors, List.of()).status(422));
    }

    /** {@code meanwhile} is the record when somebody else changed it since the form was filled. */
    private record Result(List<FieldIssue> issues, Optional<Organisation> meanwhile) {}

    private Result enter(
            Tx tx,
            StaffScope scope,
            Optional<Organisation> before,
            Entered sent,
            OrganisationDraft draft) {
        Optional<Organisation> now =
                before.flatMap(one -> organisations.lock(tx, scope.tenant(), one.id()));
        if (now.isPresent() && !RecordVersion.isOf(sent, now.get())) {
            return new Result(
                    List.of(FieldIssue.of("", OrganisationRefusal.ORGANISATION_CHANGED_MEANWHILE)),
                    now);
        }
        return new Result(organisations.enter(tx, scope, now, draft), Optional.empty());
    }

    private Reply conflict(
            Visit visit, StaffScope scope, Organisation now, Entered sent, FormErrors errors) {
        List<RecordVersion.Difference> differences =
                RecordVersion.differences(stored(now), sent).stream()
                        .filter(one -> EDITED.contains(one.field()))
                        .map(one -> one.labelled(visit.text("organisation." + one.field())))
                        .toList();
        Entered again = RecordVersion.versioned(sent, stored(now), now);
        return form(visit, scope, Optional.of(now), again, errors, differences).status(409);
    }
}
