package io.invigil.hub;

import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.invigil.appliance.web.HttpPages;
import io.invigil.appliance.web.Reply;
import io.invigil.hub.fleet.RealmKeys;

/** The realm's CA file, for browsers and lab PCs to install. */
final class RealmPages implements HttpService {
    private final HttpPages pages;
    private final RealmKeys realm;

    RealmPages(HttpPages pages, RealmKeys realm) {
        this.pages = pages;
        this.realm = realm;
    }

    @Override
    public void routing(HttpRules rules) {
        rules.get(
                "/ca.crt",
                pages.stateless(
                        visit -> Reply.bytes("application/x-x509-ca-cert", realm.caFile())));
    }
}
