package io.invigil.hub;

import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.invigil.appliance.web.Access;
import io.invigil.appliance.web.HttpPages;
import io.invigil.appliance.web.Reply;
import io.invigil.appliance.web.SignedIn;
import io.invigil.appliance.web.Visit;
import io.invigil.hub.organisation.HubWorld;
import io.invigil.hub.organisation.StaffScope;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Signs staff of the small world in without a password, for tests of pages only. */
final class TestDoors implements HttpService {
    private final HttpPages pages;
    private final HubWorld world;

    TestDoors(HttpPages pages, HubWorld world) {
        this.pages = pages;
        this.world = world;
    }

    @Override
    public void routing(HttpRules rules) {
        rules.get("/test-enter/{who}", pages.page(Access.open(), this::enter));
    }

    private Reply enter(Visit visit) {
        StaffScope scope =
                switch (visit.path("who")) {
                    case "body" -> world.body;
                    case "clerk" -> world.clerk;
                    case "other" -> world.otherClerk;
                    case "province" -> world.province;
                    default -> world.authority;
                };
        visit.signIn(
                new SignedIn(
                        scope.tenant().value(),
                        1,
                        scope.login(),
                        scope.login(),
                        Set.of(scope.role().code()),
                        Optional.of(scope.organisation().id().value()),
                        Map.of()));
        return Reply.seeOther("/");
    }
}
