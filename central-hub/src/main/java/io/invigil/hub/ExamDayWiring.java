package io.invigil.hub;

import io.helidon.webserver.http.HttpService;
import io.invigil.appliance.layout.NavItem;
import io.invigil.hub.arrangement.LateSeats;
import io.invigil.hub.centreword.CentreWordPages;
import io.invigil.hub.centreword.CentreWordProjection;
import io.invigil.hub.centreword.CentreWords;
import io.invigil.hub.emergency.BroughtFilePages;
import io.invigil.hub.emergency.BroughtFiles;
import io.invigil.hub.examday.BoardPages;
import io.invigil.hub.examday.ExamDayProjection;
import io.invigil.hub.ingest.Downlink;
import io.invigil.hub.ingest.FactProjection;
import io.invigil.hub.latechange.ChangeChoices;
import io.invigil.hub.latechange.Correction;
import io.invigil.hub.latechange.LateChangePages;
import io.invigil.hub.latechange.LateChangeProjection;
import io.invigil.hub.latechange.LateChanges;
import io.invigil.hub.organisation.StaffDesk;
import io.invigil.hub.organisation.StaffRole;
import io.invigil.hub.pack.PackageRegister;
import io.invigil.hub.pack.SlotKeys;
import io.invigil.hub.plan.PlanDesk;
import io.invigil.hub.registration.LateEntries;
import io.invigil.hub.review.LostPictures;
import io.invigil.hub.staffing.Assignments;
import io.invigil.hub.staffing.Proctors;
import io.invigil.hub.staffing.StandIns;
import io.invigil.hub.violation.BannedPeople;
import java.util.Arrays;
import java.util.List;

/** Puts together what the centre sees and says while rooms sit. */
final class ExamDayWiring implements FeatureWiring {
    /** Message bundles of these features. */
    static final List<String> MESSAGES =
            List.of("examday", "centreword", "latechange", "emergency");

    private final HubParts parts;
    private final ScoringWiring scoring;
    private final StaffDesk desk;
    private final CentreWords words;

    ExamDayWiring(HubParts parts, ScoringWiring scoring) {
        this.parts = parts;
        this.scoring = scoring;
        this.desk =
                new StaffDesk(
                        parts.pages(),
                        parts.database(),
                        parts.templates(),
                        parts.data().directory("uploads"));
        this.words =
                new CentreWords(
                        parts.database(),
                        parts.tenant(),
                        parts.realm().realm(),
                        parts.realm().receipt(),
                        parts.clock(),
                        parts.entropy());
    }

    /** Entries of the main navigation. */
    static List<NavItem> navigation() {
        String[] roles =
                Arrays.stream(StaffRole.ofExams()).map(StaffRole::code).toArray(String[]::new);
        return List.of(NavItem.of("examday.nav", "/exam-day", roles));
    }

    @Override
    public List<FactProjection> projections() {
        return List.of(
                new ExamDayProjection(),
                new CentreWordProjection(),
                new LateChangeProjection(),
                new LostPictures());
    }

    @Override
    public List<Downlink> downlinks() {
        return List.of(words);
    }

    @Override
    public List<HttpService> routes() {
        return List.of(
                new BoardPages(desk, parts.zone()),
                new CentreWordPages(desk, words, parts.zone()),
                lateChanges(),
                new BroughtFilePages(new PlanDesk(desk), broughtFiles()));
    }

    private BroughtFiles broughtFiles() {
        return new BroughtFiles(
                new PackageRegister(parts.tenant()),
                new SlotKeys(parts.dataKey().derive(SlotKeys.PURPOSE)),
                scoring.papers(),
                scoring.marking(),
                parts.blobs(),
                parts.clock());
    }

    private LateChangePages lateChanges() {
        Proctors proctors = new Proctors(parts.clock());
        StandIns standIns = new StandIns(proctors, new Assignments(parts.clock(), proctors));
        Correction correction =
                new Correction(
                        new LateEntries(parts.clock(), new BannedPeople()),
                        new LateSeats(parts.entropy()),
                        standIns);
        return new LateChangePages(
                new PlanDesk(desk),
                new LateChanges(parts.clock(), correction),
                new ChangeChoices.Reading(standIns));
    }
}
