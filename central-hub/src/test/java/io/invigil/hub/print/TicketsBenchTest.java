package io.invigil.hub.print;

import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.appliance.db.Database;
import io.invigil.appliance.db.Dialect;
import io.invigil.appliance.db.MigrationSource;
import io.invigil.appliance.db.Migrations;
import io.invigil.hub.ScoringWorld;
import io.invigil.hub.plan.PassRule;
import io.invigil.testkit.StoreContract;
import io.invigil.testkit.bench.BenchReport;
import io.invigil.testkit.bench.Figure;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Admission tickets with photo and code as PDF, drawn one after the other by one thread. */
@Tag("bench")
class TicketsBenchTest {
    private static final int TICKETS = 1_000;
    private static final int PEOPLE = 30;
    private static final int ROUNDS = 3;
    private static final String NAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾萧田董袁潘于蒋蔡";

    @TempDir Path directory;

    @Test
    void drawsTwoHundredTicketsInASecondOnOneCore() throws Exception {
        double load = BenchReport.load();
        List<AdmissionTicket> tickets = tickets();
        GridPdf pdf = new GridPdf(new PdfFonts());
        TicketSheets sheets = new TicketSheets();
        byte[] photo = photo();
        long bytes = 0;
        double best = 0;
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        for (int round = 0; round < ROUNDS; round++) {
            long start = threads.getCurrentThreadCpuTime();
            bytes = 0;
            for (int i = 0; i < TICKETS; i++) {
                AdmissionTicket ticket = tickets.get(i % PEOPLE);
                bytes += pdf.write(sheets.book(ticket.with(Optional.of(photo)))).length;
            }
            double seconds = (threads.getCurrentThreadCpuTime() - start) / 1e9;
            best = Math.max(best, TICKETS / seconds);
        }
        assertThat(bytes).isPositive();
        BenchReport.ofBuild()
                .section(
                        "tickets",
                        TICKETS
                                + " admission tickets of "
                                + PEOPLE
                                + " candidates in turn, two subjects each, with a photo and a QR"
                                + " code, as separate PDF files with their own font subsets; one"
                                + " thread, its processor time; best of "
                                + ROUNDS
                                + " rounds in one process",
                        load,
                        List.of(
                                Figure.atLeast(
                                        "ticketsPerSecond",
                                        best,
                                        "tickets/s",
                                        200,
                                        "subsetting two fonts and compressing each file anew"),
                                Figure.information(
                                        "ticketSize", (double) bytes / TICKETS, "bytes")));
    }

    private List<AdmissionTicket> tickets() {
        Random random = new Random(7);
        try (Database database = StoreContract.fresh(Dialect.DERBY, directory.resolve("db"))) {
            Migrations migrations = new Migrations(database, Clock.systemUTC());
            migrations.apply(MigrationSource.appliance());
            migrations.apply(new MigrationSource("hub", TicketSheets.class));
            ScoringWorld world = new ScoringWorld(database, PassRule.ALL_SUBJECTS, false);
            for (int i = 0; i < PEOPLE; i++) {
                StringBuilder name = new StringBuilder();
                for (int at = 0; at < 3; at++) {
                    name.append(NAMES.charAt(random.nextInt(NAMES.length())));
                }
                world.person(name.toString(), "");
            }
            return world.inTx(
                    tx ->
                            new Tickets()
                                    .ofPlan(
                                            tx,
                                            world.staff,
                                            world.plans
                                                    .find(tx, world.tenant, world.plan)
                                                    .orElseThrow()));
        }
    }

    private static byte[] photo() throws java.io.IOException {
        BufferedImage image = new BufferedImage(295, 413, BufferedImage.TYPE_INT_RGB);
        Random random = new Random(3);
        for (int y = 0; y < 413; y++) {
            for (int x = 0; x < 295; x++) {
                image.setRGB(x, y, 0xC02020 + random.nextInt(40));
            }
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(image, "jpeg", out);
        return out.toByteArray();
    }
}
