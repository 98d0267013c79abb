package io.invigil.hub.admission;

import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.appliance.db.Dialect;
import io.invigil.appliance.db.MigrationSource;
import io.invigil.hub.ingest.Ingest;
import io.invigil.hub.ingest.ParkedBundles;
import io.invigil.hub.organisation.StaffScope;
import io.invigil.protocol.fact.FactRecord;
import io.invigil.testkit.StoreContract;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two people decide about authentic data that did not pass one check: fault rows 48 (a stolen
 * node's later bundles), 49 (backdated data beyond what the key holds for), 50 (they come by
 * stick), 79.
 */
class AdmissionsTest {
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
        @TempDir Path directory;
        private ParkedWorld parked;

        Contract(Dialect dialect) {
            super(dialect, new MigrationSource("hub", Ingest.class));
        }

        @BeforeEach
        void letANodeIn() throws Exception {
            parked = new ParkedWorld(database(), directory);
        }

        @Test
        void takesInWhatARevokedKeySignedWhenTwoPeopleSaySo() {
            parked.stick(parked.records(10, ParkedWorld.NO_EXAM));
            parked.revoke();
            parked.stick(parked.records(5, ParkedWorld.NO_EXAM));
            assertThat(parked.stored()).hasSize(10);
            String item = onlyParked("KEY_REVOKED");
            var shown = database().inTransaction(tx -> parked.bundles.find(tx, item)).orElseThrow();
            assertThat(shown.node()).isEqualTo(parked.node);
            assertThat(shown.range().first()).isEqualTo(11);
            assertThat(shown.keyRevoked()).isTrue();
            assertThat(shown.goodThrough()).isEqualTo(10);
            assertThat(shown.storedThrough()).isEqualTo(10);
            assertThat(shown.kinds())
                    .singleElement()
                    .satisfies(kind -> assertThat(kind.count()).isEqualTo(5));

            assertThat(propose(parked.first, item, Verdict.ACCEPT)).isEmpty();
            assertThat(parked.stored()).hasSize(10);
            assertThat(refusal(decide(parked.first, item, true)))
                    .isEqualTo(AdmissionRefusal.ADMISSION_SAME_PERSON);
            assertThat(parked.stored()).hasSize(10);
            BundleReview decided = decided(decide(parked.second, item, true));
            assertThat(decided.decision().orElseThrow().outcome()).isEqualTo("ACCEPTED");
            assertThat(parked.stored()).usingRecursiveComparison().isEqualTo(parked.chain);

            assertThat(refusal(decide(parked.second, item, true)))
                    .isEqualTo(AdmissionRefusal.ADMISSION_DECIDED);
            assertThat(propose(parked.second, item, Verdict.REJECT))
                    .contains(AdmissionRefusal.ADMISSION_DECIDED);
            assertThat(audited()).isEqualTo(2);
        }

        @Test
        void keepsOutWhatTwoPeopleRejectHoweverOftenItComes() {
            parked.revoke();
            List<FactRecord> backdated = parked.records(5, ParkedWorld.NO_EXAM);
            parked.stick(backdated);
            String item = onlyParked("KEY_REVOKED");
            assertThat(propose(parked.first, item, Verdict.REJECT)).isEmpty();
            decided(decide(parked.second, item, true));
            parked.stick(backdated);
            assertThat(parked.stored()).isEmpty();
            assertThat(onlyParked("KEY_REVOKED")).isEqualTo(item);
        }

        @Test
        void aDeclinedProposalLeavesRoomForAnotherOne() {
            parked.revoke();
            parked.stick(parked.records(3, ParkedWorld.NO_EXAM));
            String item = onlyParked("KEY_REVOKED");
            assertThat(propose(parked.first, item, Verdict.ACCEPT)).isEmpty();
            assertThat(propose(parked.second, item, Verdict.REJECT))
                    .contains(AdmissionRefusal.ADMISSION_OPEN);
            assertThat(decided(decide(parked.second, item, false)).state())
                    .isEqualTo(BundleReview.State.DECLINED);
            assertThat(parked.stored()).isEmpty();
            assertThat(propose(parked.second, item, Verdict.ACCEPT)).isEmpty();
            decided(decide(parked.first, item, true));
            assertThat(parked.stored()).hasSize(3);
        }

        /** Only the check that failed is spared: the next one still holds. */
        @Test
        void parksAgainWhatFailsAnotherCheckToo() {
            parked.revoke();
            parked.stick(parked.records(3, "of-another-room"));
            String item = onlyParked("KEY_REVOKED");
            assertThat(propose(parked.first, item, Verdict.ACCEPT)).isEmpty();
            assertThat(
                            decided(decide(parked.second, item, true))
                                    .decision()
                                    .orElseThrow()
                                    .outcome())
                    .isEqualTo("PARKED SCOPE");
            assertThat(parked.stored()).isEmpty();
            assertThat(database().inTransaction(parked.bundles::list))
                    .extracting(ParkedBundles.Listed::reason)
                    .containsExactlyInAnyOrder("KEY_REVOKED", "SCOPE");
        }

        @Test
        void offersNoWayInForARecordUnderATakenNumber() {
            List<FactRecord> records = parked.records(5, ParkedWorld.NO_EXAM);
            parked.stick(records);
            parked.chain.clear();
            parked.stick(parked.records(5, ParkedWorld.NO_EXAM));
            String item = onlyParked("FORK");
            assertThat(propose(parked.first, item, Verdict.ACCEPT))
                    .contains(AdmissionRefusal.ADMISSION_IMPOSSIBLE);
            assertThat(propose(parked.first, item, Verdict.REJECT)).isEmpty();
            assertThat(parked.stored()).usingRecursiveComparison().isEqualTo(records);
        }

        @Test
        void wantsAReasonAndABundleThatExists() {
            parked.revoke();
            parked.stick(parked.records(1, ParkedWorld.NO_EXAM));
            String item = onlyParked("KEY_REVOKED");
            String tooLong = "x".repeat(Admissions.REASON_CHARS_MAX + 1);
            for (String reason : List.of(" ", tooLong)) {
                Optional<AdmissionRefusal> refusal =
                        database()
                                .inTransaction(
                                        tx ->
                                                parked.admissions.propose(
                                                        tx,
                                                        parked.first,
                                                        item,
                                                        Verdict.ACCEPT,
                                                        reason));
                assertThat(refusal).contains(AdmissionRefusal.ADMISSION_REASON_MISSING);
            }
            assertThat(propose(parked.first, "0".repeat(64), Verdict.ACCEPT))
                    .contains(AdmissionRefusal.ADMISSION_UNKNOWN);
        }

        private Optional<AdmissionRefusal> propose(StaffScope who, String item, Verdict verdict) {
            return database()
                    .inTransaction(
                            tx ->
                                    parked.admissions.propose(
                                            tx, who, item, verdict, "seen on the sheet"));
        }

        private Admissions.Outcome decide(StaffScope who, String item, boolean confirm) {
            return database()
                    .inTransaction(
                            tx ->
                                    parked.admissions.decide(
                                            tx,
                                            who,
                                            parked.admissions.of(tx, item).getFirst().id(),
                                            confirm,
                                            "compared with the paper"));
        }

        private static BundleReview decided(Admissions.Outcome outcome) {
            return ((Admissions.Outcome.Decided) outcome).review();
        }

        private static AdmissionRefusal refusal(Admissions.Outcome outcome) {
            return ((Admissions.Outcome.Refused) outcome).reason();
        }

        private String onlyParked(String reason) {
            List<ParkedBundles.Listed> listed = database().inTransaction(parked.bundles::list);
            assertThat(listed).extracting(ParkedBundles.Listed::reason).containsExactly(reason);
            return listed.getFirst().item();
        }

        private int audited() {
            return database()
                    .inTransaction(
                            tx ->
                                    tx.query(
                                                    "select count(*) from audit_inbox where tenant"
                                                            + " = :t and subject = 'bundle-review'")
                                            .bind("t", parked.world.tenant.value())
                                            .mapTo(Integer.class)
                                            .one());
        }
    }
}
