package io.invigil.hub;

import io.invigil.appliance.db.Tx;
import io.invigil.hub.attempt.AttemptProjection;
import io.invigil.hub.candidate.Candidate;
import io.invigil.hub.candidate.CandidateId;
import io.invigil.hub.candidate.Candidates;
import io.invigil.hub.fee.FeeDecision;
import io.invigil.hub.fee.FeePrices;
import io.invigil.hub.fee.Fees;
import io.invigil.hub.fleet.TestBox;
import io.invigil.hub.marking.Marking;
import io.invigil.hub.notice.Notice;
import io.invigil.hub.notice.Notices;
import io.invigil.hub.organisation.FieldIssue;
import io.invigil.hub.organisation.HubWorld;
import io.invigil.hub.pack.PackDecision;
import io.invigil.hub.pack.RoomStaff;
import io.invigil.hub.paper.PaperDecision;
import io.invigil.hub.paper.PaperId;
import io.invigil.hub.paper.Papers;
import io.invigil.hub.paper.sample.SampleQti;
import io.invigil.hub.plan.LevelId;
import io.invigil.hub.plan.Plan;
import io.invigil.hub.plan.PlanOptions;
import io.invigil.hub.plan.Plans;
import io.invigil.hub.plan.RegistrationMode;
import io.invigil.hub.plan.SlotId;
import io.invigil.hub.plan.SubjectId;
import io.invigil.hub.registration.BanCheck;
import io.invigil.hub.registration.Registrations;
import io.invigil.hub.request.AskedByCandidate;
import io.invigil.hub.site.SiteId;
import io.invigil.hub.violation.Bans;
import io.invigil.protocol.crypto.Digest;
import io.invigil.protocol.fact.NodeId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * One of each record between registration and exam day, for tests that walk the hub: a paper, a
 * room server with a package, a fee request, a candidate's request, a notice, a ban, a parked
 * bundle. A name that means several things has the path's first part before it.
 */
final class ExamSamples {
    private static final byte[] PDF = "%PDF-1.7 made up".getBytes(StandardCharsets.US_ASCII);

    private final HubWiring hub;
    private final HubWorld world;
    private final Plan plan;
    private final Map<String, String> samples;

    /**
     * @param samples ids by the name of the path's parameter: what is there already; filled further
     */
    ExamSamples(HubWiring hub, HubWorld world, Plan plan, Map<String, String> samples) {
        this.hub = hub;
        this.world = world;
        this.plan = plan;
        this.samples = samples;
    }

    void fill() {
        paper();
        servedRoom();
        feeRequest();
        candidateRequest();
        notice();
        ban();
        siteFile();
        parkedBundle();
        taken();
    }

    private <T> T tx(Function<Tx, T> work) {
        return world.database.inTransaction(work);
    }

    private void paper() {
        Papers papers = new Papers(world.clock, new Plans());
        SubjectId subject = new SubjectId(Long.parseLong(samples.get("subject")));
        try {
            Path zip = Files.createTempFile("sample", ".zip");
            Files.write(zip, SampleQti.zip(SampleQti.SamplePaper.PRACTICE, SampleQti.Version.V3_0));
            PaperDecision decision =
                    papers.importPackage(world.database, world.body, subject, "s.zip", zip);
            Files.delete(zip);
            PaperId id = ((PaperDecision.Accepted) decision).version().id();
            tx(tx -> papers.assign(tx, world.body, id, Optional.empty()));
            samples.put("paper", id.toString());
            samples.put(
                    "name",
                    tx(tx -> papers.pictures(tx, world.tenant, id)).keySet().iterator().next());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** A room server of the school's site and a package for it; nothing was fetched yet. */
    private void servedRoom() {
        NodeId node = new NodeId("room-one");
        TestBox boxes =
                new TestBox(
                        world.database,
                        world.tenant,
                        hub.realm(),
                        hub.fleet().fleet(),
                        hub.fleet().directory(),
                        world.clock);
        SiteId site = new SiteId(Long.parseLong(samples.get("site")));
        boxes.enrol(world.body, node, site);
        tx(
                tx ->
                        hub.fleet()
                                .roomStaff()
                                .add(
                                        tx,
                                        world.clerk,
                                        site,
                                        "proctor-one",
                                        "李虹",
                                        RoomStaff.Role.PROCTOR));
        SlotId slot = new SlotId(Long.parseLong(samples.get("slot")));
        PackDecision decision = hub.fleet().packages().publish(world.body, slot, node);
        samples.put("node", node.value());
        if (decision instanceof PackDecision.Refused refused) {
            throw new IllegalStateException(refused.toString());
        }
        samples.put("exam", ((PackDecision.Published) decision).published().exam());
    }

    /** Of a plan with fees, for a plan without asks none. */
    private void feeRequest() {
        Plan paid =
                world.plan("K2026F", RegistrationMode.BY_CERTIFICATE, new PlanOptions(true, true));
        LevelId level = world.level(paid, List.of());
        world.subject(paid, level, "S1");
        Registrations registrations = new Registrations(world.clock, BanCheck.none());
        FeeDecision made =
                tx(
                        tx -> {
                            registrations.register(
                                    tx, world.clerk, paid, level, List.of(candidate(tx).id()));
                            new FeePrices()
                                    .set(
                                            tx,
                                            world.body,
                                            paid,
                                            Map.of(new FeePrices.Priced(level, 0), 30_000L));
                            return new Fees(world.clock)
                                    .request(
                                            tx,
                                            world.clerk,
                                            paid,
                                            RegistrationMode.BY_CERTIFICATE,
                                            level);
                        });
        if (made instanceof FeeDecision.Refused refused) {
            throw new IllegalStateException(refused.issues().toString());
        }
        samples.put("fees/request", ((FeeDecision.Made) made).request().id().toString());
    }

    private Candidate candidate(Tx tx) {
        long id = Long.parseLong(samples.get("candidate"));
        return new Candidates().find(tx, world.tenant, new CandidateId(id)).orElseThrow();
    }

    private void candidateRequest() {
        long id = tx(tx -> AskedByCandidate.moreTime(tx, world, candidate(tx), plan.id()));
        samples.put("requests/request", Long.toString(id));
        samples.put("portal/request", Long.toString(id));
    }

    private void notice() {
        Notices.Draft draft =
                new Notices.Draft(
                        "考前提醒",
                        "请携带身份证。",
                        Notice.Audience.NAMED,
                        Optional.empty(),
                        Optional.empty(),
                        List.of(samples.get("candidate-number")),
                        false);
        Notices.Outcome sent = tx(tx -> new Notices(world.clock).send(tx, world.clerk, draft, ""));
        samples.put("notice", Long.toString(((Notices.Outcome.Sent) sent).notice().id()));
    }

    /** Of somebody else, for the seated candidate is to stay seated. */
    private void ban() {
        Bans bans = new Bans(world.clock);
        CandidateId added = world.candidates(world.clerk, 51, 1).getFirst();
        long id =
                tx(
                        tx -> {
                            Candidate other =
                                    new Candidates().find(tx, world.tenant, added).orElseThrow();
                            List<FieldIssue> issues =
                                    bans.add(
                                            tx,
                                            world.authority,
                                            new Bans.Draft(
                                                    other.idNumber(),
                                                    Optional.empty(),
                                                    Optional.of(HubWorld.DAY),
                                                    Optional.of(HubWorld.DAY.plusYears(1)),
                                                    HubWorld.ZONE,
                                                    "替考"));
                            none(issues.stream().findFirst());
                            return bans.all(tx, world.authority, 0, 1).getFirst().id();
                        });
        samples.put("ban", Long.toString(id));
    }

    private static void none(Optional<FieldIssue> issue) {
        if (issue.isPresent()) {
            throw new IllegalStateException(issue.get().toString());
        }
    }

    private void siteFile() {
        world.database.useTransaction(
                tx ->
                        tx.update(
                                        """
                                        insert into site_file (tenant, site, number, file_name,
                                            sha256, bytes, login, at_ms, content)
                                        values (:t, :site, 1, '机房照片.pdf', :sha256, :bytes,
                                            'clerk', 0, :content)
                                        """)
                                .bind("t", world.tenant.value())
                                .bind("site", Long.parseLong(samples.get("site")))
                                .bind("sha256", Digest.sha256(PDF).hex())
                                .bind("bytes", PDF.length)
                                .bind("content", PDF)
                                .execute());
        samples.put("sites/file", "1");
    }

    private void parkedBundle() {
        String item = Digest.sha256(PDF).hex();
        world.database.useTransaction(
                tx ->
                        tx.update(
                                        """
                                        insert into ingest_parked (tenant, item, status, node,
                                            reason, detail, content, at_ms)
                                        values (:t, :item, 'PARKED', :node, 'FORK', '', :content,
                                            :now)
                                        """)
                                .bind("t", world.tenant.value())
                                .bind("item", item)
                                .bind("node", samples.get("node"))
                                .bind("content", PDF)
                                .bind("now", world.clock.instant().toEpochMilli())
                                .execute());
        samples.put("item", item);
    }

    /** The seated candidate has answered one item and handed in. */
    private void taken() {
        long sitting = Long.parseLong(samples.get("sitting"));
        PaperId paper = new PaperId(Long.parseLong(samples.get("paper")));
        Marking marking =
                new Marking(world.clock, new Papers(world.clock, new Plans()), new Plans());
        new RoomScript(world.tenant, samples.get("node"))
                .start(sitting, paper.name())
                .handIn(sitting)
                .applyTo(world.database, new AttemptProjection(List.of(marking)));
    }
}
