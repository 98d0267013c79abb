package io.invigil.hub.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.invigil.appliance.db.Dialect;
import io.invigil.appliance.db.MigrationSource;
import io.invigil.appliance.db.Tx;
import io.invigil.hub.arrangement.Arrangements;
import io.invigil.hub.arrangement.SeatingUse;
import io.invigil.hub.candidate.CandidateId;
import io.invigil.hub.organisation.FieldIssue;
import io.invigil.hub.organisation.HubWorld;
import io.invigil.hub.organisation.Numbers;
import io.invigil.hub.organisation.StaffScope;
import io.invigil.hub.plan.ExamMode;
import io.invigil.hub.plan.LevelId;
import io.invigil.hub.plan.Plan;
import io.invigil.hub.plan.SubjectId;
import io.invigil.hub.registration.BanCheck;
import io.invigil.hub.registration.Registrations;
import io.invigil.hub.registration.Seating;
import io.invigil.hub.registration.Sittings;
import io.invigil.protocol.crypto.Digest;
import io.invigil.testkit.SeededEntropy;
import io.invigil.testkit.StoreContract;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/**
 * Issue 4 part 4: applications for sites with their evidence (source 002 section 5), what changes
 * in rooms and when (source 002 section 6; source 004 section 5.2.5, 修改考场信息, 删除考场信息).
 */
class SitesAndRoomsTest {
    private static final byte[] PDF = "%PDF-1.7 证明".getBytes(StandardCharsets.UTF_8);

    @Nested
    class OnDerby extends Contract {
        OnDerby() {
            super(Dialect.DERBY);
        }
    }

    @Nested
    class OnPostgresql extends Contract {
        OnPostgresql() {
            super(Dialect.POSTGRESQL);
        }
    }

    abstract static class Contract extends StoreContract {
        private final Sites sites = new Sites();
        private final SiteFiles files = new SiteFiles();
        private final Rooms rooms = new Rooms();
        private HubWorld world;

        Contract(Dialect dialect) {
            super(dialect, new MigrationSource("hub", Numbers.class));
        }

        @BeforeEach
        void makeWorld() {
            world = new HubWorld(database());
        }

        private <T> T tx(Function<Tx, T> work) {
            return database().inTransaction(work);
        }

        private Site drafted() {
            SiteDraft draft =
                    new SiteDraft(world.clerk.organisation().id(), "考点", "", "路1号", "", "");
            return current(
                    tx(tx -> ((SiteDecision.Saved) sites.add(tx, world.clerk, draft)).site()));
        }

        private Site current(SiteId id) {
            return tx(tx -> sites.find(tx, world.tenant, id)).orElseThrow();
        }

        private static List<String> codes(SiteDecision decision) {
            return switch (decision) {
                case SiteDecision.Saved saved -> List.of();
                case SiteDecision.Refused refused ->
                        refused.issues().stream().map(FieldIssue::code).toList();
            };
        }

        private List<String> upload(StaffScope who, Site site, byte[] content) {
            return codes(tx(tx -> files.add(tx, who, site, "场地证明.pdf", content, HubWorld.NOW)));
        }

        private Optional<byte[]> content(StaffScope who, Site site) {
            return tx(tx -> files.content(tx, who, site, 1));
        }

        @Test
        void evidenceIsAPdfPictureZipOrOfficeDocumentByItsBytes() {
            Site site = drafted();
            assertThat(upload(world.clerk, site, new byte[0])).containsExactly("SITE_FILE_KIND");
            assertThat(upload(world.clerk, site, "<html>".getBytes(StandardCharsets.UTF_8)))
                    .containsExactly("SITE_FILE_KIND");
            assertThat(upload(world.clerk, site, PDF)).isEmpty();
            SiteFile kept = tx(tx -> files.of(tx, world.clerk, site)).getFirst();
            assertThat(kept.name()).isEqualTo("场地证明.pdf");
            assertThat(kept.sha256()).isEqualTo(Digest.sha256(PDF).hex());
            assertThat(kept.bytes()).isEqualTo(PDF.length);
            assertThat(content(world.clerk, site)).hasValue(PDF);
        }

        @Test
        void evidenceHasAtMostTenMegabytesAndTenFiles() {
            Site site = drafted();
            byte[] largest = Arrays.copyOf(PDF, SiteFile.BYTES_MAX);
            assertThat(upload(world.clerk, site, Arrays.copyOf(PDF, SiteFile.BYTES_MAX + 1)))
                    .containsExactly("SITE_FILE_TOO_LARGE");
            assertThat(upload(world.clerk, site, largest)).isEmpty();
            for (int more = 1; more < SiteFile.FILES_MAX; more++) {
                assertThat(upload(world.clerk, site, PDF)).isEmpty();
            }
            assertThat(upload(world.clerk, site, PDF)).containsExactly("SITE_FILES_TOO_MANY");
        }

        @Test
        void evidenceChangesOnlyWhileTheApplicationIsNotSubmittedOrWasReturned() {
            Site site = drafted();
            assertThat(upload(world.otherClerk, site, PDF)).containsExactly("SITE_NOT_ALLOWED");
            assertThat(upload(world.clerk, site, PDF)).isEmpty();
            tx(tx -> sites.submit(tx, world.clerk, site, HubWorld.NOW));
            Site sent = current(site.id());
            assertThat(upload(world.clerk, sent, PDF)).containsExactly("SITE_NOT_EDITABLE");
            assertThat(codes(tx(tx -> files.remove(tx, world.clerk, sent, 1))))
                    .containsExactly("SITE_NOT_EDITABLE");
            tx(tx -> sites.giveBack(tx, world.body, sent, "缺少场地证明", HubWorld.NOW));
            Site returned = current(site.id());
            assertThat(codes(tx(tx -> files.remove(tx, world.clerk, returned, 1)))).isEmpty();
            List<SiteFile> left = tx(tx -> files.of(tx, world.clerk, returned));
            assertThat(left).isEmpty();
        }

        @Test
        void evidenceIsReadByTheSchoolAndByReviewersOnceItIsSubmitted() {
            Site site = drafted();
            upload(world.clerk, site, PDF);
            assertThat(content(world.body, site)).isEmpty();
            tx(tx -> sites.submit(tx, world.clerk, site, HubWorld.NOW));
            Site sent = current(site.id());
            assertThat(content(world.body, sent)).hasValue(PDF);
            for (StaffScope other : List.of(world.otherClerk, world.authority, world.province)) {
                assertThat(content(other, sent)).isEmpty();
            }
        }

        @Test
        void evidenceThatIsNotWhatWasUploadedIsNotHandedOut() {
            Site site = drafted();
            upload(world.clerk, site, PDF);
            byte[] other = "%PDF-1.7 another".getBytes(StandardCharsets.UTF_8);
            tx(
                    tx ->
                            tx.update("update site_file set content = :content where number = 1")
                                    .bind("content", other)
                                    .execute());
            assertThatThrownBy(() -> content(world.clerk, site))
                    .isInstanceOf(EvidenceAltered.class);
        }

        @Test
        void theReviewKeepsEveryStepWithWhoWhenAndWhy() {
            Site site = drafted();
            Instant later = HubWorld.NOW.plusSeconds(60);
            tx(tx -> sites.submit(tx, world.clerk, site, HubWorld.NOW));
            Site sent = current(site.id());
            tx(tx -> sites.giveBack(tx, world.body, sent, "地址不详", later));
            Site returned = current(site.id());
            tx(tx -> sites.submit(tx, world.clerk, returned, later));
            Site again = current(site.id());
            tx(tx -> sites.approve(tx, world.body, again, later));
            List<SiteEvent> history = tx(tx -> sites.history(tx, site));
            assertThat(history)
                    .containsExactly(
                            new SiteEvent(SiteEvent.Step.SUBMITTED, "clerk", HubWorld.NOW, ""),
                            new SiteEvent(SiteEvent.Step.RETURNED, "body", later, "地址不详"),
                            new SiteEvent(SiteEvent.Step.SUBMITTED, "clerk", later, ""),
                            new SiteEvent(SiteEvent.Step.APPROVED, "body", later, ""));
        }

        private Plan plan;
        private LevelId level;
        private Room room;

        /** A room of 4 seats, with a wheelchair seat. */
        private void setUp() {
            plan = world.plan("K" + world.tenant);
            level = world.level(plan, List.of());
            SubjectId subject = world.subject(plan, level, "S1");
            world.slot(plan, 9, 2, Set.of(subject));
            room = world.room(plan, world.site(), level, "107室", 4);
            assertThat(change(draft("107室", 4, Set.of(), Set.of(1)))).isEmpty();
        }

        private void seatOne() {
            Registrations registrations = new Registrations(world.clock, BanCheck.none());
            List<CandidateId> people = world.candidates(world.clerk, 1, 1);
            tx(tx -> registrations.register(tx, world.clerk, plan, level, people));
            tx(
                    tx ->
                            new Arrangements(world.clock, new SeededEntropy(7), SeatingUse.none())
                                    .arrange(
                                            tx,
                                            world.body,
                                            plan,
                                            Arrangements.SiteChoice.OWN_SITES,
                                            5));
        }

        private RoomDraft draft(
                String name, int seats, Set<Integer> broken, Set<Integer> accessible) {
            return new RoomDraft(
                    room.site(),
                    name,
                    room.types(),
                    seats,
                    room.columns(),
                    room.address(),
                    room.levels(),
                    broken,
                    accessible);
        }

        private List<String> change(RoomDraft draft) {
            return roomCodes(
                    tx(
                            tx ->
                                    rooms.change(
                                            tx,
                                            world.clerk,
                                            plan,
                                            rooms.find(tx, world.tenant, room.id()).orElseThrow(),
                                            draft,
                                            world.clock.instant())));
        }

        private static List<String> roomCodes(RoomDecision decision) {
            return switch (decision) {
                case RoomDecision.Saved saved -> List.of();
                case RoomDecision.Refused refused ->
                        refused.issues().stream().map(FieldIssue::code).toList();
            };
        }

        /** Source 004 section 5.2.5: 对于未排考的考场信息，可以修改该考场信息所有数据. */
        @Test
        void everythingOfARoomThatIsNotArrangedChanges() {
            setUp();
            SiteId elsewhere = world.site(world.clerk, "第二考点");
            RoomDraft other =
                    new RoomDraft(
                            elsewhere,
                            "108室",
                            Set.of(ExamMode.WRITTEN, ExamMode.PRACTICAL),
                            2,
                            1,
                            "二号楼108",
                            Set.of(level),
                            Set.of(2),
                            Set.of());
            assertThat(change(other)).isEmpty();
            Room changed = tx(tx -> rooms.find(tx, world.tenant, room.id())).orElseThrow();
            assertThat(RoomDraft.of(changed)).isEqualTo(other);
        }

        /** Source 004 section 5.2.5: 可以修改该考场的考位数，且只能比之前的考位数大，不能减少. */
        @Test
        void ofARoomThatIsArrangedOnlyTheSeatCountChangesAndOnlyUpwards() {
            setUp();
            seatOne();
            assertThat(change(draft("107室", 3, Set.of(), Set.of(1))))
                    .containsExactly("ROOM_SEATS_ONLY_UP");
            assertThat(change(draft("107室", 4, Set.of(), Set.of(1)))).isEmpty();
            assertThat(change(draft("107室", 5, Set.of(), Set.of(1)))).isEmpty();
            assertThat(change(draft("108室", 5, Set.of(), Set.of(1))))
                    .containsExactly("ROOM_ARRANGED");
            assertThat(change(draft("107室", 5, Set.of(), Set.of())))
                    .containsExactly("ROOM_ARRANGED");
        }

        /** Domain section 4 (ours): a seat that breaks later is blocked, its candidate moved. */
        @Test
        void aSeatThatBreaksLaterIsBlockedOnceNobodySitsOnIt() {
            setUp();
            seatOne();
            int taken =
                    tx(tx -> new Sittings().ofPlan(tx, world.tenant, plan.id()))
                            .getFirst()
                            .seating()
                            .map(Seating::seat)
                            .orElseThrow();
            int free = taken == 4 ? 3 : 4;
            assertThat(change(draft("107室", 4, Set.of(taken), Set.of(1))))
                    .containsExactly("ROOM_BROKEN_SEAT_TAKEN");
            assertThat(change(draft("107室", 4, Set.of(free), Set.of(1)))).isEmpty();
        }

        /** Source 004 section 5.2.5: 对于未排考的考场信息，可以删除该考场信息数据. */
        @Test
        void aRoomIsRemovedOnlyWhileNobodySitsThereAndOnlyByItsSchool() {
            setUp();
            assertThat(remove(world.otherClerk)).containsExactly("SITE_NOT_ALLOWED");
            assertThat(remove(world.body)).containsExactly("SITE_NOT_ALLOWED");
            seatOne();
            assertThat(remove(world.clerk)).containsExactly("ROOM_ARRANGED");
            tx(
                    tx ->
                            new Arrangements(world.clock, new SeededEntropy(7), SeatingUse.none())
                                    .clear(tx, world.body, plan));
            assertThat(remove(world.clerk)).isEmpty();
            Optional<Room> gone = tx(tx -> rooms.find(tx, world.tenant, room.id()));
            assertThat(gone).isEmpty();
        }

        private List<String> remove(StaffScope who) {
            return roomCodes(tx(tx -> rooms.remove(tx, who, plan, room)));
        }

        /** Source 002 section 3: 在考试计划时间范围内，完成考点申报、考场设置. */
        @Test
        void roomsAreSetUpFromThePlansFirstInstantToItsLast() {
            setUp();
            Instant first = plan.windows().whole().from();
            Instant end = plan.windows().whole().to();
            assertThat(add("a", first.minusMillis(1))).containsExactly("ROOM_PLAN_NOT_BEGUN");
            assertThat(add("b", first)).isEmpty();
            assertThat(add("c", end.minusMillis(1))).isEmpty();
            assertThat(add("d", end)).containsExactly("ROOM_PLAN_OVER");
        }

        private List<String> add(String name, Instant now) {
            RoomDraft draft = draft(name, 4, Set.of(), Set.of());
            return roomCodes(tx(tx -> rooms.add(tx, world.clerk, plan, draft, now)));
        }
    }
}
