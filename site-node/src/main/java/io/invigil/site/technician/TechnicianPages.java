package io.invigil.site.technician;

import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.invigil.appliance.layout.Page;
import io.invigil.appliance.layout.Templates;
import io.invigil.appliance.web.Access;
import io.invigil.appliance.web.HttpPages;
import io.invigil.appliance.web.Reply;
import io.invigil.appliance.web.Visit;
import io.invigil.site.attendance.StaffRoster;
import io.invigil.site.web.PageWords;

/**
 * The technician's traffic-light page: each line with its value, its threshold and what to do; USB
 * sticks; asking the hub now. The data come from {@link TechnicianApi}.
 */
public final class TechnicianPages implements HttpService {
    private final HttpPages pages;
    private final Templates templates;

    public TechnicianPages(HttpPages pages, Templates templates) {
        this.pages = pages;
        this.templates = templates;
    }

    /** Words of the page. */
    public record TechnicianView(io.invigil.appliance.i18n.Texts texts) {
        public String text(String key, Object... arguments) {
            return texts.text(key, arguments);
        }

        public String wordsJson() {
            return PageWords.json(texts, "technician.js.");
        }
    }

    @Override
    public void routing(HttpRules rules) {
        rules.get(
                "/technician",
                pages.page(Access.roles(StaffRoster.TECHNICIAN, StaffRoster.PROCTOR), this::page));
    }

    private Reply page(Visit visit) {
        return Reply.page(
                Page.titled(visit.text("technician.title"))
                        .style("technician/technician.css")
                        .module("technician/technician.js"),
                templates.content("technician/status.jte", new TechnicianView(visit.texts())));
    }
}
