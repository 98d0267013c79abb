package io.invigil.hub.candidate;

import io.invigil.appliance.db.Database;
import io.invigil.appliance.db.Tx;
import io.invigil.appliance.vision.FaceReader;
import io.invigil.hub.audit.Audit;
import io.invigil.hub.importjob.ImportJobs;
import io.invigil.hub.importjob.ImportOrder;
import io.invigil.hub.importjob.ImportRun;
import io.invigil.hub.importjob.Importer;
import io.invigil.hub.importjob.Taken;
import io.invigil.hub.intake.FailedRow;
import io.invigil.hub.intake.ImportFile;
import io.invigil.hub.intake.ImportKind;
import io.invigil.hub.intake.ImportRecord;
import io.invigil.hub.organisation.StaffScope;
import io.invigil.hub.sheet.RowIssue;
import io.invigil.protocol.crypto.Digest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Imports a zip of portraits named {@code <ID number>.jpg} or {@code .png} (source 002 section 4).
 * Good photos are taken, the others are recorded with their reasons; a photo already known counts
 * as unchanged. Thread-safe.
 */
public final class PhotoImport implements Importer {
    public static final long FILE_BYTES_MAX = 512L * 1024 * 1024;
    public static final String COLUMN = "文件名";

    /** A photo takes some tens of milliseconds: a step ends within a second. */
    static final int PHOTOS_AT_ONCE = 20;

    private final Database database;
    private final Clock clock;
    private final CandidateStore candidates = new CandidateStore();
    private final PhotoStore photos = new PhotoStore();
    private final PhotoReader reader = new PhotoReader();
    private final PhotoRules rules = new PhotoRules();
    private final PhotoFaces faces;
    private final Audit audit = new Audit();

    /**
     * @param reader when face models are installed; without one the record says that no machine
     *     looked for faces
     */
    public PhotoImport(Database database, Clock clock, Optional<FaceReader> reader) {
        this.database = database;
        this.clock = clock;
        this.faces = new PhotoFaces(reader);
    }

    private record Portrait(Candidate candidate, Digest source, byte[] jpeg) {}

    private static final class Tally {
        private final List<Portrait> taken = new ArrayList<>();
        private final List<FailedRow> failed = new ArrayList<>();
        private final PhotoBackground background;
        private int unchanged;

        Tally(PhotoBackground background) {
            this.background = background;
        }
    }

    /**
     * Runs the import for the member's own school and returns the stored record.
     *
     * @throws IOException when the disk fails; a damaged zip is a refusal
     */
    public ImportRecord run(StaffScope scope, ImportFile file) throws IOException {
        return ImportJobs.of(database, clock, file)
                .register(ImportKind.PHOTOS, this)
                .run(ImportOrder.of(scope, ImportKind.PHOTOS), file);
    }

    @Override
    public Opening open(ImportOrder order, ImportFile file) throws IOException {
        StaffScope scope = order.scope();
        if (!scope.mayChange(scope.organisation().id())) {
            throw new IllegalArgumentException("candidates belong to schools");
        }
        return switch (PhotoArchive.open(file.path())) {
            case PhotoArchive.Opening.Refused refused -> refused(refused.code(), refused.detail());
            case PhotoArchive.Opening.Opened opened -> opened(scope, opened.archive());
        };
    }

    private Opening opened(StaffScope scope, PhotoArchive archive) throws IOException {
        List<PhotoArchive.Item> items = archive.items();
        Optional<Opening> refused = Optional.empty();
        if (items.isEmpty()) {
            refused = Optional.of(refused(PhotoIssue.PHOTOS_EMPTY, ""));
        } else if (items.size() > PhotoArchive.PHOTOS_MAX) {
            String most = Integer.toString(PhotoArchive.PHOTOS_MAX);
            refused = Optional.of(refused(PhotoIssue.PHOTOS_TOO_MANY, most));
        } else if (archive.statedBytes() > PhotoArchive.UNPACKED_BYTES_MAX) {
            refused = Optional.of(refused(PhotoIssue.PHOTOS_TOO_LARGE, ""));
        }
        if (refused.isPresent()) {
            archive.close();
            return refused.get();
        }
        return new Opening.Opened(new Run(scope, archive, items));
    }

    private static Opening refused(PhotoIssue code, String detail) {
        return new Opening.Refused(code.name(), detail);
    }

    /** One zip. */
    private final class Run implements ImportRun {
        private final StaffScope scope;
        private final PhotoArchive archive;
        private final List<PhotoArchive.Item> items;
        private final Map<IdNumber, Integer> firstOf = new HashMap<>();

        Run(StaffScope scope, PhotoArchive archive, List<PhotoArchive.Item> items) {
            this.scope = scope;
            this.archive = archive;
            this.items = items;
            items.forEach(
                    item ->
                            item.idNumber()
                                    .ifPresent(id -> firstOf.putIfAbsent(id, item.position())));
        }

        @Override
        public int rows() {
            return items.size();
        }

        @Override
        public int rowsAtOnce() {
            return PHOTOS_AT_ONCE;
        }

        @Override
        public Taken take(Tx tx, int from, int to) {
            List<PhotoArchive.Item> part = items.subList(from, to);
            Known known = known(tx, scope, part);
            Tally tally = new Tally(rules.background(tx, scope.tenant()));
            try {
                for (PhotoArchive.Item item : part) {
                    read(item, known, tally)
                            .ifPresent(
                                    issue ->
                                            tally.failed.add(
                                                    PhotoImport.failed(
                                                            item,
                                                            issue.code().name(),
                                                            issue.detail())));
                }
            } catch (IOException disk) {
                throw new UncheckedIOException("the zip cannot be read", disk);
            }
            tally.taken.forEach(one -> store(tx, one));
            record(tx, scope, tally.taken);
            int changed =
                    (int) tally.taken.stream().filter(one -> one.candidate().hasPhoto()).count();
            return Taken.of(tally.taken.size() - changed, changed, tally.unchanged, tally.failed);
        }

        private Optional<Issue> read(PhotoArchive.Item item, Known known, Tally tally)
                throws IOException {
            if (item.idNumber().isEmpty()) {
                return item.issue().map(code -> new Issue(code, ""));
            }
            IdNumber id = item.idNumber().get();
            if (firstOf.get(id) != item.position()) {
                return Optional.of(new Issue(PhotoIssue.PHOTO_DOUBLE, ""));
            }
            Candidate candidate = known.byIdNumber().get(id.value());
            if (candidate == null) {
                return Optional.of(new Issue(PhotoIssue.PHOTO_ID_UNKNOWN, ""));
            }
            return switch (archive.read(item)) {
                case PhotoArchive.Content.Refused refused ->
                        Optional.of(new Issue(refused.code(), refused.detail()));
                case PhotoArchive.Content.Read content -> {
                    Digest source = Digest.sha256(content.bytes());
                    if (source.hex().equals(known.sources().get(candidate.id()))) {
                        tally.unchanged++;
                        yield Optional.empty();
                    }
                    yield normalise(candidate, source, content.bytes(), tally);
                }
            };
        }

        @Override
        public Optional<String> remark() {
            return faces.areChecked() ? Optional.empty() : Optional.of(PhotoFaces.UNCHECKED);
        }

        @Override
        public FailedRow failed(int row, RowIssue issue) {
            return PhotoImport.failed(items.get(row), issue.code(), issue.detail());
        }

        @Override
        public void close() throws IOException {
            archive.close();
        }
    }

    private record Known(Map<String, Candidate> byIdNumber, Map<CandidateId, String> sources) {}

    private Known known(Tx tx, StaffScope scope, List<PhotoArchive.Item> items) {
        List<String> wanted =
                items.stream()
                        .flatMap(item -> item.idNumber().stream())
                        .map(IdNumber::value)
                        .distinct()
                        .toList();
        Map<String, Candidate> own = new HashMap<>();
        candidates
                .byIdNumbers(tx, scope.tenant(), wanted)
                .forEach(
                        (id, candidate) -> {
                            if (scope.mayChange(candidate.school())) {
                                own.put(id, candidate);
                            }
                        });
        List<CandidateId> ids = own.values().stream().map(Candidate::id).toList();
        return new Known(own, photos.sources(tx, scope.tenant(), ids));
    }

    private record Issue(PhotoIssue code, String detail) {}

    private Optional<Issue> normalise(
            Candidate candidate, Digest source, byte[] bytes, Tally tally) {
        return switch (reader.read(bytes)) {
            case PhotoReading.Refused refused ->
                    Optional.of(new Issue(refused.code(), refused.detail()));
            case PhotoReading.Normalised normalised -> {
                Optional<Issue> issue = issue(normalised, tally.background);
                if (issue.isEmpty()) {
                    tally.taken.add(new Portrait(candidate, source, normalised.jpeg()));
                }
                yield issue;
            }
        };
    }

    /** The ground first: it is the school's to repair for all photos at once. */
    private Optional<Issue> issue(PhotoReading.Normalised photo, PhotoBackground wanted) {
        Optional<Issue> ground =
                photo.ground().unlike(wanted).map(colour -> new Issue(wanted.otherwise(), colour));
        return ground.isPresent()
                ? ground
                : faces.issue(photo.jpeg()).map(code -> new Issue(code, ""));
    }

    private void store(Tx tx, Portrait portrait) {
        Candidate candidate = portrait.candidate();
        Digest digest = Digest.sha256(portrait.jpeg());
        photos.put(tx, candidate.tenant(), digest, portrait.jpeg());
        photos.assign(tx, candidate.tenant(), candidate.id(), digest, portrait.source());
        if (candidate.hasPhoto() && !candidate.photo().equals(digest.hex())) {
            photos.removeUnused(tx, candidate.tenant(), candidate.photo());
        }
    }

    /** The picture itself is no matter of the log, its digest is. */
    private void record(Tx tx, StaffScope scope, List<Portrait> taken) {
        audit.all(
                tx,
                scope.actor(),
                taken.stream()
                        .map(
                                one ->
                                        Audit.Change.changed(
                                                "candidate",
                                                one.candidate().id(),
                                                Map.of("photo", one.candidate().photo()),
                                                Map.of("photo", Digest.sha256(one.jpeg()).hex())))
                        .toList());
    }

    private static FailedRow failed(PhotoArchive.Item item, String code, String detail) {
        RowIssue named = new RowIssue(item.position(), COLUMN, code, detail);
        return new FailedRow(item.position(), List.of(item.name()), List.of(named));
    }
}
