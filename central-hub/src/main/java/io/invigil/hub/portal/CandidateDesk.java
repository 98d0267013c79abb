package io.invigil.hub.portal;

import gg.jte.Content;
import io.helidon.webserver.http.Handler;
import io.invigil.appliance.db.Database;
import io.invigil.appliance.db.Tx;
import io.invigil.appliance.layout.Templates;
import io.invigil.appliance.web.Access;
import io.invigil.appliance.web.HttpPages;
import io.invigil.appliance.web.Reply;
import io.invigil.appliance.web.Visit;
import io.invigil.hub.audit.AuditActor;
import io.invigil.hub.candidate.Candidate;
import io.invigil.hub.candidate.Candidates;
import io.invigil.hub.organisation.TenantId;
import java.util.Map;
import java.util.function.Function;

/** What the candidate's own pages stand on: whose session it is, and nobody else's data. */
public final class CandidateDesk {
    /** Where candidates log in. */
    public static final String LOGIN = "/portal/login";

    public static final String HOME = "/portal/exams";

    private static final Access ACCESS = Access.roles(PortalAccounts.ROLE).signingInAt(LOGIN);

    private final HttpPages pages;
    private final Database database;
    private final Templates templates;
    private final Candidates candidates = new Candidates();

    public CandidateDesk(HttpPages pages, Database database, Templates templates) {
        this.pages = pages;
        this.database = database;
        this.templates = templates;
    }

    /** Answers the request of a candidate. */
    @FunctionalInterface
    public interface OwnHandler {
        Reply handle(Visit visit, Candidate candidate);
    }

    /** A page for the candidate whose session it is. */
    public Handler page(OwnHandler handler) {
        return pages.page(
                ACCESS,
                visit ->
                        PortalAccounts.candidate(visit.person())
                                .flatMap(
                                        id ->
                                                database.inTransaction(
                                                        tx ->
                                                                candidates.find(
                                                                        tx,
                                                                        new TenantId(
                                                                                visit.tenant()),
                                                                        id)))
                                .map(candidate -> handler.handle(visit, candidate))
                                .orElseGet(Reply::notFound));
    }

    public <T> T inTransaction(Function<Tx, T> work) {
        return database.inTransaction(work);
    }

    HttpPages pages() {
        return pages;
    }

    public Database database() {
        return database;
    }

    public Content content(String template, Map<String, Object> parameters) {
        return templates.content(template, parameters);
    }

    /** The candidate as the audit names them. */
    public static AuditActor actor(Candidate candidate, String address) {
        return new AuditActor(
                candidate.tenant().value(),
                candidate.number(),
                PortalAccounts.ROLE,
                candidate.school().value(),
                address);
    }
}
