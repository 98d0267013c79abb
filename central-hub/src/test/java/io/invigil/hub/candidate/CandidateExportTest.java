package io.invigil.hub.candidate;

import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.appliance.db.Dialect;
import io.invigil.appliance.db.MigrationSource;
import io.invigil.hub.listing.ExportPages;
import io.invigil.hub.organisation.HubWorld;
import io.invigil.hub.organisation.StaffScope;
import io.invigil.testkit.StoreContract;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Domain section 3a: an export has every row of the filter, in the list's order. */
class CandidateExportTest {
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
        private final Candidates candidates = new Candidates();
        private HubWorld world;

        Contract(Dialect dialect) {
            super(dialect, new MigrationSource("hub", Candidates.class));
        }

        @BeforeEach
        void people() {
            world = new HubWorld(database());
            world.candidates(world.clerk, 0, 7);
            world.candidates(world.otherClerk, 20, 4);
            // namesakes: the row after one of them is the next of them
            database()
                    .useTransaction(
                            tx ->
                                    tx.update(
                                                    """
                                                    update candidate set name = '王小二'
                                                    where tenant = :tenant and id in (
                                                        select min(id) from candidate
                                                        where tenant = :tenant
                                                        union select max(id) from candidate
                                                        where tenant = :tenant and school = :school)
                                                    """)
                                            .bind("tenant", world.tenant.value())
                                            .bind("school", world.clerk.organisation().id().value())
                                            .execute());
        }

        private List<CandidateId> exported(StaffScope scope, CandidateFilter filter, int page) {
            List<CandidateId> ids = new ArrayList<>();
            Optional<Candidate> last = Optional.empty();
            while (true) {
                Optional<Candidate> after = last;
                List<Candidate> rows =
                        database()
                                .inTransaction(
                                        tx -> candidates.after(tx, scope, filter, after, page));
                rows.forEach(one -> ids.add(one.id()));
                if (rows.size() < page) {
                    return ids;
                }
                last = Optional.of(rows.getLast());
            }
        }

        private List<CandidateId> listed(StaffScope scope, CandidateFilter filter) {
            return database()
                    .inTransaction(
                            tx ->
                                    candidates
                                            .list(tx, scope, filter, 0, ExportPages.PAGE_ROWS)
                                            .stream()
                                            .map(Candidate::id)
                                            .toList());
        }

        @Test
        void pagesOfAnySizeGiveTheListOnceAndInItsOrder() {
            CandidateFilter all =
                    new CandidateFilter(Optional.empty(), "", CandidateFilter.Gaps.ANY);
            List<CandidateId> listed = listed(world.body, all);
            assertThat(listed).hasSize(11);
            for (int page : new int[] {1, 2, 3, 11, 12}) {
                assertThat(exported(world.body, all, page)).as("" + page).isEqualTo(listed);
            }
        }

        @Test
        void theFilterAndTheSchoolHoldOnEveryPage() {
            CandidateFilter all =
                    new CandidateFilter(Optional.empty(), "", CandidateFilter.Gaps.ANY);
            assertThat(exported(world.clerk, all, 2))
                    .hasSize(7)
                    .isEqualTo(listed(world.clerk, all));
            CandidateFilter named =
                    new CandidateFilter(Optional.empty(), "王小二", CandidateFilter.Gaps.ANY);
            assertThat(exported(world.clerk, named, 1)).isEqualTo(listed(world.clerk, named));
        }
    }
}
