package io.invigil.hub.print;

import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.appliance.db.Database;
import io.invigil.appliance.db.Dialect;
import io.invigil.appliance.db.MigrationSource;
import io.invigil.appliance.db.Migrations;
import io.invigil.hub.ScoringWorld;
import io.invigil.hub.arrangement.ArrangedSitting;
import io.invigil.hub.arrangement.ArrangedSittings;
import io.invigil.hub.plan.CertificateLevel;
import io.invigil.hub.plan.LevelId;
import io.invigil.hub.plan.PassRule;
import io.invigil.hub.site.RoomId;
import io.invigil.hub.site.Rooms;
import io.invigil.hub.site.Sites;
import io.invigil.testkit.StoreContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RoomSheetsTest {
    @TempDir static Path directory;
    private final RoomSheets sheets = new RoomSheets(new PdfFonts());
    private Database database;
    private RoomSheet sheet;

    @BeforeAll
    void seatPeople() {
        database = StoreContract.fresh(Dialect.DERBY, directory.resolve("db"));
        Migrations migrations = new Migrations(database, java.time.Clock.systemUTC());
        migrations.apply(MigrationSource.appliance());
        migrations.apply(new MigrationSource("hub", RoomSheets.class));
        ScoringWorld world = new ScoringWorld(database, PassRule.ALL_SUBJECTS, false);
        for (String name : List.of("王小二", "欧阳䶮", "张㛃", "买买提·吐尔逊江")) {
            world.person(name, "");
        }
        sheet =
                world.inTx(
                        tx -> {
                            RoomId room = new RoomId(1);
                            List<ArrangedSitting> seated =
                                    new ArrangedSittings()
                                            .ofSlotAndRooms(
                                                    tx,
                                                    world.tenant,
                                                    world.plan,
                                                    world.slot,
                                                    List.of(room));
                            Map<LevelId, CertificateLevel> levels = new HashMap<>();
                            world.content
                                    .levels(tx, world.tenant, world.plan)
                                    .forEach(level -> levels.put(level.id(), level));
                            var place = new Rooms().find(tx, world.tenant, room).orElseThrow();
                            return new RoomSheet(
                                    world.plans.find(tx, world.tenant, world.plan).orElseThrow(),
                                    world.content.slot(tx, world.tenant, world.slot).orElseThrow(),
                                    new Sites().find(tx, world.tenant, place.site()).orElseThrow(),
                                    place,
                                    "北方交通职业学院",
                                    levels,
                                    seated);
                        });
    }

    @AfterAll
    void close() {
        database.close();
    }

    private static String text(byte[] pdf, String name) throws IOException {
        Files.write(Path.of("target", name), pdf);
        try (PDDocument document = Loader.loadPDF(pdf)) {
            PDFTextStripper stripper = new PDFTextStripper();
            stripper.setSortByPosition(true);
            return stripper.getText(document);
        }
    }

    @Test
    void deskStickersHoldTheFieldsOfTheSource() throws IOException {
        assertThat(sheets.missing(sheet)).isEmpty();
        String text = text(sheets.deskStickers(sheet), "desks.pdf");
        assertThat(text)
                .contains("王小二", "欧阳䶮", "张㛃", "买买提·吐尔逊江")
                .contains("考生编号", "准考证号", "身份证号", "考试科目", "考试证书", "座位号", "登录密码")
                .contains("智能新能源汽车职业技能等级证书（初级）")
                .contains("370*****")
                .doesNotContain("37060220050101");
    }

    @Test
    void signInSheetHasOnePagePerSubject() throws IOException {
        byte[] pdf = sheets.signInSheet(sheet);
        String text = text(pdf, "sign-in.pdf");
        assertThat(text)
                .contains("考核站点", "所属院校", "考试证书", "证书等级", "监考老师", "巡考老师", "实考人数", "缺考人数")
                .contains("准考证号", "座位号", "到场时间", "考生签名", "北方交通职业学院新能源考核站点");
        try (PDDocument document = Loader.loadPDF(pdf)) {
            assertThat(document.getNumberOfPages()).isEqualTo(2);
        }
    }

    @Test
    void doorStickerListsSeatsAndNames() throws IOException {
        String text = text(sheets.doorSticker(sheet), "door.pdf");
        assertThat(text)
                .contains("考试科目", "考试时间", "考试证书", "考场名称", "13号机房")
                .contains("2026-11-20 09:00~11:00", "座位号", "考生姓名", "买买提·吐尔逊江");
    }

    @Test
    void admissionTicketHoldsTheFieldsOfTheSource() throws IOException {
        List<ArrangedSitting> own =
                sheet.seated().stream().filter(s -> s.candidate().name().equals("欧阳䶮")).toList();
        AdmissionTicket ticket =
                new AdmissionTicket(
                        sheet.plan(),
                        sheet.site(),
                        own,
                        Map.of(sheet.slot().id(), sheet.slot()),
                        sheet.levels(),
                        Optional.empty());
        TicketSheets tickets = new TicketSheets(new PdfFonts());
        assertThat(tickets.missing(ticket)).isEmpty();
        assertThat(ticket.fileName())
                .startsWith("欧阳䶮(20261120")
                .endsWith(")-智能新能源汽车职业技能等级证书准考证.pdf");
        assertThat(text(tickets.draw(ticket), "ticket.pdf"))
                .contains("学生姓名", "身份证号", "考生编号", "准考证号", "所属院校", "考核站点", "考点地址", "考试须知")
                .contains("考试证书", "考试科目", "考试方式", "考试时间", "考场名称", "座位号", "机考")
                .contains("2026-11-20 09:00~11:00", "370*****", "13号机房")
                .doesNotContain("37060220050101");
    }

    @Test
    void theSameSheetIsTheSameBytes() {
        assertThat(sheets.doorSticker(sheet)).isEqualTo(sheets.doorSticker(sheet));
    }
}
