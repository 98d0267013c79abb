package io.invigil.site.web;

import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.invigil.appliance.web.Access;
import io.invigil.appliance.web.HttpPages;
import io.invigil.appliance.web.Reply;
import io.invigil.appliance.web.SignedIn;
import io.invigil.appliance.web.Visit;
import java.util.Optional;
import java.util.Set;

/** Who is asking, and the token that changing requests must carry. */
public final class SessionApi implements HttpService {
    private final HttpPages pages;

    public SessionApi(HttpPages pages) {
        this.pages = pages;
    }

    /** JSON of {@code GET /api/session}. */
    public record SessionView(
            String csrf, Optional<String> login, Optional<String> name, Set<String> roles) {}

    @Override
    public void routing(HttpRules rules) {
        rules.get("/api/session", pages.api(Access.open(), this::show))
                .post("/api/logout", pages.api(Access.open(), this::logout));
    }

    private Reply show(Visit visit) {
        Optional<SignedIn> person = visit.personIfAny();
        return Reply.json(
                        new SessionView(
                                visit.csrfToken(),
                                person.map(SignedIn::login),
                                person.map(SignedIn::name),
                                person.map(SignedIn::roles).orElse(Set.of())))
                .header("Cache-Control", "no-store");
    }

    private Reply logout(Visit visit) {
        visit.signOut();
        return Reply.noContent();
    }
}
