package io.invigil.site.technician;

import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.invigil.appliance.web.Access;
import io.invigil.appliance.web.HttpPages;
import io.invigil.appliance.web.PageHandler;
import io.invigil.appliance.web.Reply;
import io.invigil.appliance.web.Visit;
import io.invigil.site.attendance.StaffRoster;
import io.invigil.site.sync.StickExport;
import io.invigil.site.sync.Sticks;
import io.invigil.site.sync.SyncStatus;
import io.invigil.site.web.Refusals;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The technician's JSON interface: the state of the node, sticks, asking the hub now. */
public final class TechnicianApi implements HttpService {
    private static final int BODY_BYTES_MAX = 8 * 1024;
    private static final int MOUNTS_MAX = 64;

    private final HttpPages pages;
    private final Supplier<NodeStatus> status;
    private final SyncStatus sync;
    private final Sticks sticks;
    private final List<Path> mountRoots;
    private final Runnable askHub;
    private final Runnable packagesChanged;

    /**
     * @param mountRoots directories below which sticks are mounted; no other path is ever used
     */
    public TechnicianApi(
            HttpPages pages,
            Supplier<NodeStatus> status,
            SyncStatus sync,
            Sticks sticks,
            List<Path> mountRoots,
            Runnable askHub,
            Runnable packagesChanged) {
        this.pages = pages;
        this.status = status;
        this.sync = sync;
        this.sticks = sticks;
        this.mountRoots = List.copyOf(mountRoots);
        this.askHub = askHub;
        this.packagesChanged = packagesChanged;
    }

    /** Body of the stick requests: one of the directories of {@code GET …/sticks}. */
    public record StickRequest(String directory) {}

    @Override
    public void routing(HttpRules rules) {
        rules.get("/api/technician/status", staff(this::status))
                .get("/api/technician/sync", staff(visit -> fresh(sync.view())))
                .post("/api/technician/ask-hub", staff(this::askHub))
                .get("/api/technician/sticks", staff(this::sticks))
                .post("/api/technician/sticks/export", staff(this::exportTo))
                .post("/api/technician/sticks/import", staff(this::importFrom));
    }

    /** Proctors too: on the day there may be nobody else. */
    private Handler staff(PageHandler handler) {
        return pages.api(Access.roles(StaffRoster.TECHNICIAN, StaffRoster.PROCTOR), handler);
    }

    private Reply status(Visit visit) {
        return fresh(status.get());
    }

    private Reply askHub(Visit visit) {
        askHub.run();
        return Reply.noContent();
    }

    private Reply sticks(Visit visit) {
        return fresh(Map.of("directories", mounted().stream().map(Path::toString).toList()));
    }

    private Reply exportTo(Visit visit) {
        Optional<Path> stick = stick(visit);
        if (stick.isEmpty()) {
            return Refusals.of(visit, 400, "STICK_UNUSABLE");
        }
        try {
            StickExport.Exported exported = sticks.exportTo(stick.get());
            return exported.problem().isEmpty()
                    ? fresh(exported)
                    : Refusals.of(
                            visit, 409, "STICK_FAILED", Map.of("reason", exported.problem().get()));
        } catch (IOException failed) {
            return Refusals.of(visit, 409, "STICK_FAILED");
        }
    }

    private Reply importFrom(Visit visit) {
        Optional<Path> stick = stick(visit);
        if (stick.isEmpty()) {
            return Refusals.of(visit, 400, "STICK_UNUSABLE");
        }
        try {
            Sticks.Imported imported = sticks.importFrom(stick.get());
            packagesChanged.run();
            return fresh(imported);
        } catch (IOException failed) {
            return Refusals.of(visit, 409, "STICK_FAILED");
        }
    }

    private Optional<Path> stick(Visit visit) {
        Optional<StickRequest> request =
                visit.json(StickRequest.class, BODY_BYTES_MAX)
                        .filter(asked -> asked.directory() != null);
        try {
            return request.map(asked -> Path.of(asked.directory())).filter(mounted()::contains);
        } catch (InvalidPathException malformed) {
            return Optional.empty();
        }
    }

    /** Directories directly below the mount roots. */
    private List<Path> mounted() {
        return mountRoots.stream().flatMap(TechnicianApi::below).limit(MOUNTS_MAX).toList();
    }

    private static Stream<Path> below(Path root) {
        if (!Files.isDirectory(root)) {
            return Stream.empty();
        }
        try (Stream<Path> entries = Files.list(root)) {
            return entries
                    .filter(entry -> Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS))
                    .sorted()
                    .limit(MOUNTS_MAX)
                    .toList()
                    .stream();
        } catch (IOException unreadable) {
            return Stream.empty();
        }
    }

    private static Reply fresh(Object json) {
        return Reply.json(json).header("Cache-Control", "no-store");
    }
}
