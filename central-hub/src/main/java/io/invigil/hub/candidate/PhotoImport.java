package io.invigil.hub.candidate;

import io.invigil.appliance.db.Database;
import io.invigil.appliance.db.Tx;
import io.invigil.hub.intake.FailedRow;
import io.invigil.hub.intake.ImportFile;
import io.invigil.hub.intake.ImportKind;
import io.invigil.hub.intake.ImportRecord;
import io.invigil.hub.intake.ImportRecordId;
import io.invigil.hub.intake.ImportRecords;
import io.invigil.hub.organisation.StaffScope;
import io.invigil.hub.sheet.RowIssue;
import io.invigil.protocol.crypto.Digest;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Imports a zip of portraits named {@code <ID number>.jpg} or {@code .png} (source 002 section 4).
 * Good photos are taken, the others are recorded with their reasons; a photo already known counts
 * as unchanged. All photos are stored in one transaction. Thread-safe.
 */
public final class PhotoImport {
    public static final long FILE_BYTES_MAX = 512L * 1024 * 1024;
    public static final String COLUMN = "文件名";

    private final Database database;
    private final Clock clock;
    private final CandidateStore candidates = new CandidateStore();
    private final PhotoStore photos = new PhotoStore();
    private final PhotoReader reader = new PhotoReader();
    private final ImportRecords records = new ImportRecords();

    public PhotoImport(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    private record Portrait(Candidate candidate, Digest source, byte[] jpeg) {}

    private static final class Tally {
        private final List<Portrait> taken = new ArrayList<>();
        private final List<FailedRow> failed = new ArrayList<>();
        private int unchanged;
    }

    /**
     * Runs the import for the member's own school and returns the stored record.
     *
     * @throws IOException when the disk fails; a damaged zip is a refusal
     */
    public ImportRecord run(StaffScope scope, ImportFile file) throws IOException {
        if (!scope.mayChange(scope.organisation().id())) {
            throw new IllegalArgumentException("candidates belong to schools");
        }
        return switch (PhotoArchive.open(file.path())) {
            case PhotoArchive.Opening.Refused refused ->
                    refuse(scope, file, refused.code(), refused.detail());
            case PhotoArchive.Opening.Opened opened -> {
                try (PhotoArchive archive = opened.archive()) {
                    yield take(scope, file, archive);
                }
            }
        };
    }

    private ImportRecord take(StaffScope scope, ImportFile file, PhotoArchive archive)
            throws IOException {
        List<PhotoArchive.Item> items = archive.items();
        if (items.isEmpty()) {
            return refuse(scope, file, PhotoIssue.PHOTOS_EMPTY, "");
        }
        if (items.size() > PhotoArchive.PHOTOS_MAX) {
            String most = Integer.toString(PhotoArchive.PHOTOS_MAX);
            return refuse(scope, file, PhotoIssue.PHOTOS_TOO_MANY, most);
        }
        Known known = known(scope, items);
        Tally tally = new Tally();
        Set<IdNumber> seen = new HashSet<>();
        for (PhotoArchive.Item item : items) {
            read(archive, item, known, seen, tally)
                    .ifPresent(issue -> tally.failed.add(failed(item, issue)));
            if (archive.isOverBudget()) {
                return refuse(scope, file, PhotoIssue.PHOTOS_TOO_LARGE, "");
            }
        }
        return database.inTransaction(
                tx -> {
                    ImportRecordId id = records.begin(tx, scope.tenant());
                    for (Portrait portrait : tally.taken) {
                        store(tx, portrait);
                    }
                    return records.add(tx, record(scope, id, file, tally, "", ""), tally.failed);
                });
    }

    private record Known(Map<String, Candidate> byIdNumber, Map<CandidateId, String> sources) {}

    private Known known(StaffScope scope, List<PhotoArchive.Item> items) {
        List<String> wanted =
                items.stream()
                        .flatMap(item -> item.idNumber().stream())
                        .map(IdNumber::value)
                        .distinct()
                        .toList();
        return database.inTransaction(
                tx -> {
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
                });
    }

    private record Issue(PhotoIssue code, String detail) {}

    private Optional<Issue> read(
            PhotoArchive archive,
            PhotoArchive.Item item,
            Known known,
            Set<IdNumber> seen,
            Tally tally)
            throws IOException {
        if (item.idNumber().isEmpty()) {
            return item.issue().map(code -> new Issue(code, ""));
        }
        IdNumber id = item.idNumber().get();
        if (!seen.add(id)) {
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

    private Optional<Issue> normalise(
            Candidate candidate, Digest source, byte[] bytes, Tally tally) {
        return switch (reader.read(bytes)) {
            case PhotoReading.Refused refused ->
                    Optional.of(new Issue(refused.code(), refused.detail()));
            case PhotoReading.Normalised normalised -> {
                tally.taken.add(new Portrait(candidate, source, normalised.jpeg()));
                yield Optional.empty();
            }
        };
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

    private static FailedRow failed(PhotoArchive.Item item, Issue issue) {
        RowIssue named = new RowIssue(item.position(), COLUMN, issue.code().name(), issue.detail());
        return new FailedRow(item.position(), List.of(item.name()), List.of(named));
    }

    private ImportRecord refuse(StaffScope scope, ImportFile file, PhotoIssue code, String detail) {
        return database.inTransaction(
                tx -> {
                    ImportRecordId id = records.begin(tx, scope.tenant());
                    ImportRecord refused =
                            record(scope, id, file, new Tally(), code.name(), detail);
                    return records.add(tx, refused, List.of());
                });
    }

    private ImportRecord record(
            StaffScope scope,
            ImportRecordId id,
            ImportFile file,
            Tally tally,
            String refusal,
            String detail) {
        int changed = (int) tally.taken.stream().filter(one -> one.candidate().hasPhoto()).count();
        return new ImportRecord(
                scope.tenant(),
                id,
                scope.organisation().id(),
                ImportKind.PHOTOS,
                file.name(),
                file.digest().hex(),
                scope.login(),
                Instant.ofEpochMilli(clock.millis()),
                tally.taken.size() - changed,
                changed,
                tally.unchanged,
                tally.failed.size(),
                refusal,
                detail);
    }
}
