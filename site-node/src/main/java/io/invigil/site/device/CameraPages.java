package io.invigil.site.device;

import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.invigil.appliance.i18n.Texts;
import io.invigil.appliance.layout.Page;
import io.invigil.appliance.layout.Templates;
import io.invigil.appliance.web.Access;
import io.invigil.appliance.web.HttpPages;
import io.invigil.appliance.web.Reply;
import io.invigil.appliance.web.Visit;
import io.invigil.site.attendance.StaffRoster;
import io.invigil.site.web.PageWords;
import java.util.List;

/** The self-test of the node's cameras: each with its live picture, or what is wrong with it. */
public final class CameraPages implements HttpService {
    private final HttpPages pages;
    private final Templates templates;
    private final Cameras cameras;

    public CameraPages(HttpPages pages, Templates templates, Cameras cameras) {
        this.pages = pages;
        this.templates = templates;
        this.cameras = cameras;
    }

    /** What the page shows. */
    public record CamerasView(Texts texts, List<String> names, List<CameraDriver.Missing> missing) {
        public String text(String key, Object... arguments) {
            return texts.text(key, arguments);
        }

        /** Words of the page's script. */
        public String wordsJson() {
            return PageWords.json(texts, "device.js.");
        }
    }

    @Override
    public void routing(HttpRules rules) {
        Access staff = Access.roles(StaffRoster.TECHNICIAN, StaffRoster.PROCTOR);
        rules
                // each camera with its picture
                .get("/technician/cameras", pages.page(staff, this::page))
                // the picture of now; 404 while the camera is away
                .get("/api/technician/cameras/{number}", pages.api(staff, this::picture));
    }

    private Reply page(Visit visit) {
        Cameras.Listed listed = cameras.list();
        return Reply.page(
                Page.titled(visit.text("device.title"))
                        .under(visit.text("technician.title"), "/technician")
                        .style("device/device.css")
                        .module("device/cameras.js"),
                templates.content(
                        "device/cameras.jte",
                        new CamerasView(visit.texts(), listed.names(), listed.missing())));
    }

    private Reply picture(Visit visit) {
        return cameras.picture((int) Math.min(visit.pathNumber("number"), Integer.MAX_VALUE))
                .map(jpeg -> Reply.bytes("image/jpeg", jpeg))
                .map(reply -> reply.header("Cache-Control", "no-store"))
                .orElseGet(Reply::notFound);
    }
}
