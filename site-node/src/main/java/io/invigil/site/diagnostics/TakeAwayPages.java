package io.invigil.site.diagnostics;

import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.invigil.appliance.web.Access;
import io.invigil.appliance.web.HttpPages;
import io.invigil.appliance.web.Reply;
import io.invigil.appliance.web.Visit;
import io.invigil.protocol.fact.Lane;
import io.invigil.protocol.ledger.EpochHeads;
import io.invigil.protocol.ledger.Ledger;
import io.invigil.site.attendance.StaffRoster;
import io.invigil.site.doctor.CheckLine;
import io.invigil.site.doctor.Doctor;
import io.invigil.site.pack.ActivePackages;
import io.invigil.site.print.CheckSheet;
import io.invigil.site.rehearsal.RehearsalDesk;
import io.invigil.site.sync.SyncStatus;
import io.invigil.site.technician.NodeStatus;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/** The check sheet and the diagnostic bundle. */
public final class TakeAwayPages implements HttpService {
    private final HttpPages pages;
    private final Doctor doctor;
    private final RehearsalDesk rehearsals;
    private final Supplier<NodeStatus> status;
    private final Supplier<SyncStatus.View> sync;
    private final Ledger ledger;
    private final ActivePackages packages;
    private final Map<String, Object> configuration;
    private final LogTail log;
    private final Runnable sheetTaken;
    private final CheckSheet sheet = new CheckSheet();

    /**
     * @param configuration as told to the node, without secrets
     * @param sheetTaken told when a check sheet was made
     */
    public TakeAwayPages(
            HttpPages pages,
            Doctor doctor,
            RehearsalDesk rehearsals,
            Supplier<NodeStatus> status,
            Supplier<SyncStatus.View> sync,
            Ledger ledger,
            ActivePackages packages,
            Map<String, Object> configuration,
            LogTail log,
            Runnable sheetTaken) {
        this.pages = pages;
        this.doctor = doctor;
        this.rehearsals = rehearsals;
        this.status = status;
        this.sync = sync;
        this.ledger = ledger;
        this.packages = packages;
        this.configuration = Map.copyOf(configuration);
        this.log = log;
        this.sheetTaken = sheetTaken;
    }

    @Override
    public void routing(HttpRules rules) {
        Access staff = Access.roles(StaffRoster.TECHNICIAN, StaffRoster.PROCTOR);
        rules
                // all checks made now, the last rehearsal, boxes to sign
                .get("/technician/check-sheet.pdf", pages.page(staff, this::sheet))
                // for support; without personal data
                .get("/technician/diagnostics.zip", pages.page(staff, this::bundle));
    }

    private Reply sheet(Visit visit) {
        NodeStatus now = status.get();
        byte[] pdf =
                sheet.pdf(
                        new CheckSheet.Content(
                                now.node(),
                                now.site(),
                                now.software(),
                                visit.now(),
                                CheckLine.of(doctor.all(), doctor.notMade(), visit.texts()),
                                rehearsals.last()),
                        visit.texts());
        sheetTaken.run();
        return Reply.bytes("application/pdf", pdf).header("Cache-Control", "no-store");
    }

    private Reply bundle(Visit visit) {
        NodeStatus now = status.get();
        DiagnosticBundle bundle = new DiagnosticBundle(Redaction.of(packages.all()));
        bundle.harmless("about.json", about(now));
        bundle.cleaned("configuration.json", configuration);
        bundle.cleaned(
                "checks.json", CheckLine.of(doctor.quick(), doctor.notMade(), visit.texts()));
        bundle.cleaned("alarms.json", now.alarms());
        bundle.cleaned("sync.json", sync.get());
        bundle.harmless("packages.json", now.packages());
        bundle.harmless("ledger.json", ledger.heads().stream().map(TakeAwayPages::heads).toList());
        rehearsals.last().ifPresent(last -> bundle.cleaned("rehearsal.json", last));
        bundle.threads();
        bundle.cleanedLines("log.txt", log.lines());
        return Reply.bytes("application/zip", bundle.zip(visit.now()))
                .header(
                        "Content-Disposition",
                        "attachment; filename=\"invigil-" + now.node() + "-diagnostics.zip\"")
                .header("Cache-Control", "no-store");
    }

    private static Map<String, Object> about(NodeStatus now) {
        Map<String, Object> about = new LinkedHashMap<>();
        about.put("node", now.node());
        about.put("realm", now.realm());
        about.put("software", now.software());
        about.put("now", now.now());
        about.put("trustedTime", now.trustedTime());
        about.put("java", Runtime.version().toString());
        about.put("system", System.getProperty("os.name") + " " + System.getProperty("os.version"));
        about.put("processors", Runtime.getRuntime().availableProcessors());
        about.put("heapBytesMax", Runtime.getRuntime().maxMemory());
        about.put("devices", now.devices());
        about.put("devicesWanted", now.devicesWanted());
        about.put("halted", now.halted());
        about.put("ledgerPosition", now.ledgerPosition());
        about.put("freeBytes", now.freeBytes());
        about.put("certificateUntil", now.certificateUntil());
        return about;
    }

    /** Hashes of records, which are salted: nothing can be guessed from them. */
    private static Map<String, Object> heads(EpochHeads epoch) {
        Map<String, Object> lanes = new TreeMap<>();
        for (Lane lane : Lane.values()) {
            var head = epoch.lanes().get(lane);
            if (head != null) {
                lanes.put(lane.name(), List.of(head.seq(), head.hash().hex()));
            }
        }
        return Map.of(
                "epoch",
                epoch.epoch().hex(),
                "parked",
                epoch.parked(),
                "lastPosition",
                epoch.lastPosition(),
                "lanes",
                lanes);
    }
}
