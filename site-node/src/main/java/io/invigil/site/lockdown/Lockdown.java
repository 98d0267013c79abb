package io.invigil.site.lockdown;

import io.invigil.appliance.layout.Page;
import io.invigil.appliance.layout.Templates;
import io.invigil.appliance.web.PageHandler;
import io.invigil.appliance.web.Reply;
import io.invigil.appliance.web.Visit;
import io.invigil.site.lockdown.SafeBrowserCheck.Seen;
import io.invigil.site.pack.ActivePackages;
import io.invigil.site.pack.ExamPackage;
import io.invigil.site.web.Refusals;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Stands before every page and request of a candidate whose exam asks for Safe Exam Browser: checks
 * each one, and says in plain words what is wrong. Thread-safe.
 */
public final class Lockdown {
    /** Opening this address ends Safe Exam Browser. */
    public static final String QUIT = "/quit";

    private final ActivePackages packages;
    private final Templates templates;
    private final Supplier<String> origin;
    private final byte[] caDer;

    /**
     * @param origin address of this node for candidates, such as {@code https://node:8443}; known
     *     once the listener is bound
     * @param caDer the authority that signed this node's certificate
     */
    public Lockdown(
            ActivePackages packages,
            Templates templates,
            Supplier<String> origin,
            List<byte[]> caDer) {
        this.packages = packages;
        this.templates = templates;
        this.origin = origin;
        this.caDer = caDer.getFirst().clone();
    }

    /** The browser's settings for an exam of this node; the exam's name makes them its own. */
    public SafeBrowserConfig config(String exam) {
        String at = origin.get();
        return SafeBrowserConfig.of(at + "/login?exam=" + exam, at + QUIT, caDer);
    }

    /** What a technician takes to the PCs. */
    LabKit kit() {
        return new LabKit(origin.get(), caDer);
    }

    /** A page of a candidate, in place of which the reason stands when it may not be opened. */
    public PageHandler page(PageHandler handler) {
        return visit -> {
            Seen seen = seen(visit);
            return seen instanceof Seen.Allowed ? handler.handle(visit) : refusal(visit, seen);
        };
    }

    /** As {@link #page} for the JSON interface. */
    public PageHandler api(PageHandler handler) {
        return visit -> {
            Seen seen = seen(visit);
            return seen instanceof Seen.Allowed
                    ? handler.handle(visit)
                    : Refusals.of(visit, 403, "SAFE_BROWSER_NEEDED", Map.of("why", why(seen)));
        };
    }

    private Seen seen(Visit visit) {
        long sitting = Long.parseLong(visit.person().attributes().getOrDefault("sitting", "0"));
        Optional<ExamPackage> exam = packages.sitting(sitting).map(ActivePackages.Listed::exam);
        if (exam.isEmpty() || !exam.get().policy().page().safeBrowser()) {
            return new Seen.Allowed();
        }
        Map<String, SafeBrowserConfig> others = new HashMap<>();
        packages.all().stream()
                .map(ExamPackage::exam)
                .filter(name -> !name.equals(exam.get().exam()))
                .forEach(name -> others.put(name, config(name)));
        return SafeBrowserCheck.check(
                exam.get().policy().page(),
                url(visit),
                visit.header(SafeBrowserCheck.CONFIG_HEADER),
                visit.header(SafeBrowserCheck.BROWSER_HEADER),
                config(exam.get().exam()),
                others);
    }

    /** As the browser wrote it: host and port come from its own header. */
    private static String url(Visit visit) {
        String query = visit.request().query().rawValue();
        return "https://"
                + visit.header("Host").orElse("")
                + visit.request().path().rawPath()
                + (query.isEmpty() ? "" : "?" + query);
    }

    private static String why(Seen seen) {
        return switch (seen) {
            case Seen.Allowed allowed -> "allowed";
            case Seen.NotSafeBrowser none -> "not-safe-browser";
            case Seen.OtherExam other -> "other-exam";
            case Seen.SettingDiffers setting -> "setting";
            case Seen.OtherSettings settings -> "other-settings";
            case Seen.OtherVersion version -> "version";
        };
    }

    private static String detail(Seen seen) {
        return switch (seen) {
            case Seen.OtherExam other -> other.exam();
            case Seen.SettingDiffers setting -> setting.setting();
            case Seen.Allowed allowed -> "";
            case Seen.NotSafeBrowser none -> "";
            case Seen.OtherSettings settings -> "";
            case Seen.OtherVersion version -> "";
        };
    }

    private Reply refusal(Visit visit, Seen seen) {
        var view =
                new RefusedView(
                        visit.texts(),
                        visit.csrfToken(),
                        visit.text("lockdown.why." + why(seen), detail(seen)));
        return Reply.page(
                        Page.titled(visit.text("lockdown.title")).width(Page.Width.NARROW),
                        templates.content("lockdown/refused.jte", view))
                .status(403)
                .header("Cache-Control", "no-store");
    }

    /** Words of the page that says why the test does not open here. */
    public record RefusedView(io.invigil.appliance.i18n.Texts texts, String csrf, String why) {
        public String text(String key, Object... arguments) {
            return texts.text(key, arguments);
        }
    }
}
