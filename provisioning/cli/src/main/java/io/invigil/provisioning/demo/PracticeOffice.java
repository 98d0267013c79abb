package io.invigil.provisioning.demo;

import io.invigil.appliance.db.Tx;
import io.invigil.hub.FleetWiring;
import io.invigil.hub.HubParts;
import io.invigil.hub.HubWiring;
import io.invigil.hub.ScoringWiring;
import io.invigil.hub.attempt.AnswerRevision;
import io.invigil.hub.attempt.Attempt;
import io.invigil.hub.attempt.Attempts;
import io.invigil.hub.certificate.Certificate;
import io.invigil.hub.certificate.CertificateDecision;
import io.invigil.hub.certificate.Certificates;
import io.invigil.hub.certificate.Verification;
import io.invigil.hub.organisation.Organisation;
import io.invigil.hub.organisation.OrganisationKind;
import io.invigil.hub.organisation.Organisations;
import io.invigil.hub.organisation.StaffRole;
import io.invigil.hub.organisation.StaffScope;
import io.invigil.hub.pack.PackDecision;
import io.invigil.hub.plan.Plan;
import io.invigil.hub.plan.Plans;
import io.invigil.hub.plan.SlotId;
import io.invigil.hub.registration.SittingId;
import io.invigil.hub.review.ReviewCase;
import io.invigil.hub.review.ReviewOutcome;
import io.invigil.hub.review.ReviewState;
import io.invigil.hub.score.ScoreDecision;
import io.invigil.hub.score.SittingOutcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * The offices of body and school in the demonstration: what their staff would click, done with the
 * same rules. Used by one thread.
 */
final class PracticeOffice {
    /** Key in the answer to "progress": lanes whose stored records are not all applied yet. */
    static final String LANES_BEHIND = "lanesBehind";

    private final HubParts parts;
    private final FleetWiring fleet;
    private final ScoringWiring scoring;
    private final SampleExam sample;
    private final StaffScope body;
    private final StaffScope second;
    private final StaffScope clerk;

    PracticeOffice(HubWiring hub, SampleExam sample) {
        this.parts = hub.parts();
        this.fleet = hub.fleet();
        this.scoring = hub.feature(ScoringWiring.class);
        this.sample = sample;
        Organisations organisations = new Organisations();
        this.body = scope(organisations, OrganisationKind.BODY, "body", StaffRole.BODY_STAFF);
        this.second = scope(organisations, OrganisationKind.BODY, "body2", StaffRole.BODY_STAFF);
        this.clerk = scope(organisations, OrganisationKind.SCHOOL, "clerk", StaffRole.SCHOOL_CLERK);
    }

    static SampleLoading sampleLoading(HubWiring hub) {
        HubParts parts = hub.parts();
        Organisation body =
                parts.database()
                        .inTransaction(
                                tx ->
                                        new Organisations()
                                                .ofKind(tx, parts.tenant(), OrganisationKind.BODY)
                                                .getFirst());
        return new SampleLoading(
                new SampleLoading.Parts(
                        parts.database(),
                        parts.tenant(),
                        body,
                        "body",
                        parts.accounts(),
                        hub.fleet().fleet(),
                        hub.fleet().roomStaff(),
                        parts.clock(),
                        parts.entropy()));
    }

    private StaffScope scope(
            Organisations organisations, OrganisationKind kind, String login, StaffRole role) {
        Organisation organisation =
                inTransaction(tx -> organisations.ofKind(tx, parts.tenant(), kind).getFirst());
        return new StaffScope(parts.tenant(), login, organisation, role);
    }

    /** Does one command; what it returns is written as JSON. */
    Object perform(String command) throws IOException {
        String[] words = command.split(" ", 2);
        return switch (words[0]) {
            case "publish" -> publish();
            case "release" -> release();
            case "progress" -> progress();
            case "export" -> export(Path.of(words[1]));
            case "review" -> review();
            case "enter" -> enter();
            case "certify" -> certify(Path.of(words[1]));
            default -> throw new SampleLoading.SampleRefused("command", command);
        };
    }

    /** Packages for every node of the slot; all must be published. */
    private Object publish() {
        List<String> exams = new ArrayList<>();
        for (PackDecision decision :
                fleet.packages().publishSlot(body, new SlotId(sample.slot()))) {
            switch (decision) {
                case PackDecision.Published published -> exams.add(published.published().exam());
                case PackDecision.Refused refused ->
                        throw new SampleLoading.SampleRefused(
                                "publish", refused.reason() + " " + refused.detail());
            }
        }
        return Map.of("exams", exams);
    }

    /** Two people approve, and the key goes out at once. Returns the codes for the envelope too. */
    private Object release() {
        return inTransaction(
                tx -> {
                    Map<String, String> codes = new TreeMap<>();
                    for (var pack : fleet.packages().ofPlan(tx, plan(tx).id())) {
                        String exam = pack.exam();
                        refused("approval", fleet.releases().approve(tx, body, exam));
                        refused("approval", fleet.releases().approve(tx, second, exam));
                        refused("release", fleet.releases().releaseNow(tx, body, exam));
                        codes.put(
                                exam,
                                fleet.releases().code(tx, body, exam).orElseThrow().toString());
                    }
                    return codes;
                });
    }

    private static void refused(String step, Optional<?> refusal) {
        refusal.ifPresent(
                reason -> {
                    throw new SampleLoading.SampleRefused(step, reason);
                });
    }

    /** How many sittings are where, as the hub knows by now, and whether it knows all it holds. */
    private Object progress() {
        // asked first: what is stored afterwards makes the counts newer, never older
        int behind = fleet.projectionRunner().lanesBehind();
        return inTransaction(
                tx -> {
                    Map<String, Integer> counts = new TreeMap<>();
                    counts.put(LANES_BEHIND, behind);
                    for (Attempt attempt : attempts(tx).values()) {
                        String state = attempt.absent() ? "ABSENT" : attempt.progress().name();
                        counts.merge(state, 1, Integer::sum);
                    }
                    return counts;
                });
    }

    /** Every sitting with every stored revision of every answer, one JSON object a line. */
    private Object export(Path file) {
        return inTransaction(
                tx -> {
                    List<String> lines = new ArrayList<>();
                    for (Attempt attempt : attempts(tx).values()) {
                        List<HubAnswer> answers =
                                new Attempts()
                                        .history(tx, parts.tenant(), attempt.sitting()).stream()
                                                .map(PracticeOffice::answer)
                                                .toList();
                        HubSitting line =
                                new HubSitting(
                                        attempt.sitting(),
                                        attempt.absent(),
                                        attempt.handIn().map(Attempt.HandIn::answersDigest),
                                        answers);
                        lines.add(
                                new String(
                                        io.invigil.protocol.json.Json.write(line),
                                        StandardCharsets.UTF_8));
                    }
                    write(file, lines);
                    return Map.of("sittings", lines.size());
                });
    }

    private static HubAnswer answer(AnswerRevision revision) {
        return new HubAnswer(revision.item(), revision.op(), revision.revision(), revision.text());
    }

    private static void write(Path file, List<String> lines) {
        try {
            Files.write(file, lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Passes what is handed in; what has incidents was not passed by itself and is looked at. */
    private Object review() {
        return inTransaction(
                tx -> {
                    Plan plan = plan(tx);
                    List<SittingId> pending =
                            scoring.reviews().ofPlan(tx, plan).values().stream()
                                    .filter(each -> each.state() == ReviewState.PENDING)
                                    .filter(each -> each.attempt().handIn().isPresent())
                                    .map(ReviewCase::sitting)
                                    .map(sitting -> sitting.id())
                                    .toList();
                    if (!pending.isEmpty()) {
                        ReviewOutcome outcome = scoring.reviews().pass(tx, body, plan, pending);
                        if (outcome instanceof ReviewOutcome.Refused refused) {
                            throw new SampleLoading.SampleRefused("review", refused);
                        }
                    }
                    return Map.of("passed", pending.size());
                });
    }

    private Object enter() {
        return inTransaction(
                tx -> {
                    Plan plan = plan(tx);
                    ScoreDecision decision = scoring.scores().enter(tx, body, plan);
                    if (decision instanceof ScoreDecision.Refused refused) {
                        throw new SampleLoading.SampleRefused("scores", refused);
                    }
                    Map<SittingOutcome, Integer> counts = new EnumMap<>(SittingOutcome.class);
                    counts.putAll(scoring.scores().outcomes(tx, plan));
                    return counts;
                });
    }

    /** Records, confirms by both sides, prints one and verifies it as a stranger would. */
    private Object certify(Path directory) throws IOException {
        Certificates certificates = scoring.certificates();
        List<Certificate> issued =
                inTransaction(
                        tx -> {
                            Plan plan = plan(tx);
                            done("record", certificates.record(tx, body, plan));
                            var all = certificates.ofPlan(tx, parts.tenant(), plan.id());
                            var ids = all.stream().map(Certificate::registration).toList();
                            done("body", certificates.confirm(tx, body, plan, ids));
                            done("site", certificates.confirm(tx, clerk, plan, ids));
                            return certificates.ofPlan(tx, parts.tenant(), plan.id()).stream()
                                    .filter(c -> c.state() == Certificate.State.ISSUED)
                                    .toList();
                        });
        int verified = 0;
        for (Certificate certificate : issued) {
            String code = certificates.qrContent(certificate);
            Verification outcome =
                    inTransaction(tx -> certificates.verifyCode(tx, parts.tenant(), code));
            verified += outcome instanceof Verification.Valid ? 1 : 0;
        }
        if (!issued.isEmpty()) {
            byte[] pdf = certificates.pdf(parts.database(), issued.getFirst()).orElseThrow();
            Files.write(directory.resolve("certificate.pdf"), pdf);
        }
        return Map.of("issued", issued.size(), "verified", verified);
    }

    private static void done(String step, CertificateDecision decision) {
        if (decision instanceof CertificateDecision.Refused refused) {
            throw new SampleLoading.SampleRefused("certificates, " + step, refused);
        }
    }

    private Plan plan(Tx tx) {
        return new Plans().findByNumber(tx, parts.tenant(), sample.planNumber()).orElseThrow();
    }

    private Map<Long, Attempt> attempts(Tx tx) {
        return new TreeMap<>(new Attempts().ofPlan(tx, parts.tenant(), plan(tx).id()));
    }

    private <T> T inTransaction(Function<Tx, T> work) {
        return parts.database().inTransaction(work::apply);
    }
}
