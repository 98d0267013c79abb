package io.invigil.hub;

import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.invigil.appliance.layout.NavItem;
import io.invigil.appliance.web.Access;
import io.invigil.appliance.web.HttpPages;
import io.invigil.appliance.web.Reply;
import io.invigil.appliance.web.Visit;
import java.util.List;

/** The bare address leads everybody to the first entry of their own menu. Thread-safe. */
final class HomePages implements HttpService {
    private final HttpPages pages;
    private final List<NavItem> entries;

    HomePages(HttpPages pages, List<NavItem> entries) {
        this.pages = pages;
        this.entries = List.copyOf(entries);
    }

    @Override
    public void routing(HttpRules rules) {
        rules.get("/", pages.page(Access.anyoneSignedIn(), this::home));
    }

    private Reply home(Visit visit) {
        return entries.stream()
                .filter(entry -> new Access(true, entry.roles()).permits(visit.person()))
                .findFirst()
                .map(entry -> Reply.seeOther(entry.path()))
                .orElseGet(() -> Reply.seeOther("/account"));
    }
}
