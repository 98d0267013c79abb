package io.invigil.hub.organisation;

import gg.jte.Content;
import io.helidon.webserver.http.Handler;
import io.invigil.appliance.db.Database;
import io.invigil.appliance.db.Tx;
import io.invigil.appliance.layout.FormErrors;
import io.invigil.appliance.layout.Templates;
import io.invigil.appliance.web.Access;
import io.invigil.appliance.web.HttpPages;
import io.invigil.appliance.web.Problem;
import io.invigil.appliance.web.Reply;
import io.invigil.appliance.web.SignedIn;
import io.invigil.appliance.web.Visit;
import io.invigil.hub.sheet.RowIssue;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * What the pages of the hub's staff stand on: the scope of the visitor, the database, templates,
 * texts of issues. Thread-safe.
 */
public final class StaffDesk {
    private final HttpPages pages;
    private final Database database;
    private final Templates templates;
    private final Path uploads;
    private final Organisations organisations = new Organisations();

    /**
     * @param uploads directory for files while they are read
     */
    public StaffDesk(HttpPages pages, Database database, Templates templates, Path uploads) {
        this.pages = pages;
        this.database = database;
        this.templates = templates;
        this.uploads = uploads;
    }

    /** Answers a request on behalf of an organisation. */
    @FunctionalInterface
    public interface ScopedHandler {
        Reply handle(Visit visit, StaffScope scope);
    }

    /** A page for every member of staff with an organisation. */
    public Handler page(ScopedHandler handler) {
        return page(handler, StaffRole.ofExams());
    }

    /** A page for these roles. */
    public Handler page(ScopedHandler handler, StaffRole... roles) {
        String[] codes = Arrays.stream(roles).map(StaffRole::code).toArray(String[]::new);
        List<StaffRole> permitted = List.of(roles);
        return pages.page(
                Access.roles(codes),
                visit ->
                        scope(visit.person(), visit.address(), permitted)
                                .map(scope -> handler.handle(visit, scope))
                                .orElseGet(() -> Reply.problem(Problem.forbidden())));
    }

    /** On whose behalf the person acts; empty without organisation or fitting role. */
    private Optional<StaffScope> scope(SignedIn person, String address, List<StaffRole> permitted) {
        if (person.organisation().isEmpty() || person.organisation().get() <= 0) {
            return Optional.empty();
        }
        TenantId tenant = new TenantId(person.tenant());
        OrganisationId id = new OrganisationId(person.organisation().get());
        return database.inTransaction(tx -> organisations.find(tx, tenant, id))
                .flatMap(own -> scope(person, address, permitted, own));
    }

    /** In the first of the person's roles that the page is for. */
    private static Optional<StaffScope> scope(
            SignedIn person, String address, List<StaffRole> permitted, Organisation own) {
        List<StaffRole> roles = StaffRole.among(person.roles(), own.kind());
        return roles.stream()
                .filter(permitted::contains)
                .findFirst()
                .map(
                        role ->
                                new StaffScope(
                                        own.tenant(),
                                        person.login(),
                                        own,
                                        role,
                                        address,
                                        Set.copyOf(roles)));
    }

    public <T> T inTransaction(Function<Tx, T> work) {
        return database.inTransaction(work);
    }

    public Content content(String template, Map<String, Object> parameters) {
        return templates.content(template, parameters);
    }

    public Path uploads() {
        return uploads;
    }

    /** The issue in the visitor's language. */
    public static String text(Visit visit, FieldIssue issue) {
        return visit.text("issue." + issue.code(), issue.detail());
    }

    /** The row's issue in the visitor's language, with its column. */
    public static String text(Visit visit, RowIssue issue) {
        String text = visit.text("issue." + issue.code(), issue.detail());
        return issue.column().isEmpty() ? text : issue.column() + "：" + text;
    }

    /** Issues as a form shows them; those of no field belong to the form with id {@code f-form}. */
    public static FormErrors errors(Visit visit, List<FieldIssue> issues) {
        FormErrors errors = new FormErrors();
        for (FieldIssue issue : issues) {
            errors.add(issue.field().isEmpty() ? "form" : issue.field(), text(visit, issue));
        }
        return errors;
    }
}
