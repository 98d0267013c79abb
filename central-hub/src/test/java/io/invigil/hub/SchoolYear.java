package io.invigil.hub;

import io.invigil.appliance.db.Database;
import io.invigil.hub.declaration.Declaration;
import io.invigil.hub.declaration.DeclarationDecision;
import io.invigil.hub.declaration.DeclarationYears;
import io.invigil.hub.declaration.Declarations;
import io.invigil.hub.organisation.HubWorld;
import io.invigil.hub.report.Report;
import io.invigil.hub.report.ReportDecision;
import io.invigil.hub.report.ReportFile;
import io.invigil.hub.report.Reports;
import io.invigil.hub.staffing.Proctors;
import io.invigil.hub.staffing.Qualification;
import io.invigil.hub.staffing.StaffingDecision;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** One of each record of a school's year, for tests that walk the hub. */
final class SchoolYear {
    private static final byte[] SCAN = "%PDF-1.7 made up".getBytes(StandardCharsets.US_ASCII);

    private final Database database;
    private final HubWorld world;
    private final Map<String, String> samples = new HashMap<>();

    SchoolYear(Database database, HubWorld world) {
        this.database = database;
        this.world = world;
    }

    /** Ids by the name of the path's parameter. */
    Map<String, String> samples() {
        declaration();
        report();
        proctor();
        return samples;
    }

    /** A report that the school has sent to the province. */
    private void report() {
        Reports rules = new Reports(world.clock, HubWorld.ZONE);
        Report.Content content = new Report.Content("高职院校", "完成报名", "", "");
        ReportDecision sent =
                database.inTransaction(
                        tx -> {
                            ReportDecision.Saved added =
                                    (ReportDecision.Saved) rules.add(tx, world.clerk, content);
                            rules.addFile(
                                    tx,
                                    world.clerk,
                                    rules.findVisible(tx, world.clerk, added.report())
                                            .orElseThrow(),
                                    ReportFile.Kind.SIGNED_SCAN,
                                    "盖章.pdf",
                                    SCAN);
                            return rules.submit(
                                    tx,
                                    world.clerk,
                                    rules.findVisible(tx, world.clerk, added.report())
                                            .orElseThrow());
                        });
        samples.put("reports/file", "1");
        samples.put("reports/kind", ReportFile.Kind.SIGNED_SCAN.name());
        samples.put("report", ((ReportDecision.Saved) sent).report().toString());
    }

    /** A teacher of the school who wants to proctor for the body's certificate. */
    private void proctor() {
        Proctors rules = new Proctors(world.clock);
        StaffingDecision applied =
                database.inTransaction(
                        tx -> {
                            StaffingDecision.Saved added =
                                    (StaffingDecision.Saved)
                                            rules.add(tx, world.clerk, "李虹", "13800000551");
                            return rules.apply(
                                    tx,
                                    world.clerk,
                                    rules.findVisible(tx, world.clerk, added.proctor())
                                            .orElseThrow(),
                                    new Qualification.Need("C100", "初级"));
                        });
        samples.put("proctor", ((StaffingDecision.Saved) applied).proctor().toString());
    }

    /** A certificate that the school has sent to its department. */
    private void declaration() {
        DeclarationYears years = new DeclarationYears(world.clock, HubWorld.ZONE);
        Declarations rules = new Declarations(world.clock, years);
        int year = HubWorld.DAY.getYear();
        Optional<LocalDate> day = Optional.of(HubWorld.DAY);
        Declaration.Content content = new Declaration.Content("C100", "", "电子商务", 40, "");
        DeclarationDecision sent =
                database.inTransaction(
                        tx -> {
                            years.open(tx, world.province, year, day, day);
                            DeclarationDecision.Saved added =
                                    (DeclarationDecision.Saved)
                                            rules.add(tx, world.clerk, year, content);
                            return rules.submit(
                                    tx,
                                    world.clerk,
                                    rules.findVisible(tx, world.clerk, added.declaration())
                                            .orElseThrow()
                                            .declaration());
                        });
        String id = ((DeclarationDecision.Saved) sent).declaration().toString();
        samples.put("declaration", id);
    }
}
