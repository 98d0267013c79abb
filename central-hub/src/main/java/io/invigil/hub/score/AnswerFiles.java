package io.invigil.hub.score;

import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.invigil.appliance.data.BlobStore;
import io.invigil.appliance.db.Tx;
import io.invigil.appliance.web.Reply;
import io.invigil.appliance.web.Visit;
import io.invigil.exam.file.FileValue;
import io.invigil.hub.attempt.Attempts;
import io.invigil.hub.audit.Audit;
import io.invigil.hub.organisation.StaffRole;
import io.invigil.hub.organisation.StaffScope;
import io.invigil.hub.plan.Plan;
import io.invigil.hub.plan.PlanDesk;
import io.invigil.hub.registration.SittingId;
import io.invigil.hub.registration.Sittings;
import io.invigil.protocol.crypto.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Files that candidates handed in. A file is given out only to be saved, never shown: its bytes are
 * a stranger's. Only what an answer of the sitting names is there; every reading is recorded.
 * Thread-safe.
 */
public final class AnswerFiles implements HttpService {
    private final PlanDesk desk;
    private final BlobStore blobs;
    private final Attempts attempts = new Attempts();
    private final Sittings sittings = new Sittings();
    private final Audit audit = new Audit();

    public AnswerFiles(PlanDesk desk, BlobStore blobs) {
        this.desk = desk;
        this.blobs = blobs;
    }

    @Override
    public void routing(HttpRules rules) {
        rules.get(
                "/plans/{plan}/sittings/{sitting}/files/{sha256}",
                desk.page(this::file, StaffRole.BODY_STAFF, StaffRole.TEACHER));
    }

    /** Which of these files have reached the centre. */
    Set<String> arrived(Collection<FileValue> files) {
        Set<String> arrived = new HashSet<>();
        for (FileValue file : files) {
            try {
                blobs.length(Digest.ofHex(file.sha256()))
                        .ifPresent(length -> arrived.add(file.sha256()));
            } catch (IOException unreadable) {
                throw new UncheckedIOException("the blobs cannot be asked", unreadable);
            }
        }
        return arrived;
    }

    private Reply file(Visit visit, StaffScope scope, Plan plan) {
        long number = visit.pathNumber("sitting");
        if (number <= 0) {
            return Reply.notFound();
        }
        SittingId sitting = new SittingId(number);
        return desk.desk()
                .inTransaction(tx -> named(tx, scope, plan, sitting, visit.path("sha256")))
                .flatMap(this::download)
                .orElseGet(Reply::notFound);
    }

    private Optional<FileValue> named(
            Tx tx, StaffScope scope, Plan plan, SittingId sitting, String sha256) {
        if (sittings.find(tx, plan.tenant(), sitting)
                .filter(s -> s.plan().equals(plan.id()))
                .isEmpty()) {
            return Optional.empty();
        }
        Optional<FileValue> named =
                Stream.concat(
                                attempts.history(tx, plan.tenant(), sitting.value()).stream()
                                        .map(answer -> answer.response()),
                                attempts.late(tx, plan.tenant(), sitting.value()).stream()
                                        .map(answer -> answer.response()))
                        .flatMap(response -> FileValue.in(response).stream())
                        .filter(file -> file.sha256().equals(sha256))
                        .findFirst();
        named.ifPresent(
                file ->
                        audit.read(
                                tx,
                                scope.actor(),
                                "score",
                                sitting,
                                Map.of("what", "file " + sha256)));
        return named;
    }

    private Optional<Reply> download(FileValue file) {
        try {
            Optional<InputStream> open = blobs.open(Digest.ofHex(file.sha256()));
            return open.map(
                    in ->
                            Reply.download(
                                            file.name(),
                                            "application/octet-stream",
                                            out -> {
                                                try (in) {
                                                    in.transferTo(out);
                                                }
                                            })
                                    .header("Cache-Control", "no-store"));
        } catch (IOException unreadable) {
            throw new UncheckedIOException("a file cannot be read", unreadable);
        }
    }
}
