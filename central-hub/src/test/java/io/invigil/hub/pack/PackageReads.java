package io.invigil.hub.pack;

import io.invigil.hub.ScoredExam;
import io.invigil.hub.ScoringWorld;
import io.invigil.hub.fleet.SiteNode;
import io.invigil.hub.plan.Slot;
import io.invigil.hub.site.SiteId;
import io.invigil.hub.site.Sites;
import io.invigil.protocol.crypto.SealKey;
import io.invigil.protocol.crypto.SigningKey;
import io.invigil.protocol.fact.NodeId;
import io.invigil.testkit.SeededEntropy;
import java.util.List;
import java.util.Optional;

/** What a package of the exam's one slot would hold. */
final class PackageReads {
    private final ScoredExam exam;
    private final SeededEntropy entropy = new SeededEntropy(5);
    private final RoomStaff staff;

    PackageReads(ScoredExam exam) {
        this.exam = exam;
        this.staff = new RoomStaff(exam.world.tenant, new Sites(), entropy);
    }

    /** A proctor at the site, without whom there is no package. */
    PackageReads withProctor() {
        exam.tx(
                tx ->
                        staff.add(
                                tx,
                                exam.world.staff,
                                new SiteId(1),
                                "proctor1",
                                "监考一",
                                RoomStaff.Role.PROCTOR));
        return this;
    }

    PackageReading.Result read() {
        ScoringWorld world = exam.world;
        SiteNode node =
                new SiteNode(
                        new NodeId("room-one"),
                        new SiteId(1),
                        "考点",
                        List.of(),
                        SigningKey.generate(entropy).verifyKey(),
                        SealKey.generate(entropy).publicKey(),
                        List.of(),
                        "",
                        exam.clock.instant(),
                        exam.clock.instant(),
                        true,
                        Optional.empty());
        PackageReading reading =
                new PackageReading(world.tenant, exam.papers, staff, RulesText.standard());
        return exam.tx(
                tx -> {
                    Slot slot = world.content.slots(tx, world.tenant, world.plan).getFirst();
                    return reading.read(tx, exam.plan(tx), slot, node, List.of(node));
                });
    }
}
