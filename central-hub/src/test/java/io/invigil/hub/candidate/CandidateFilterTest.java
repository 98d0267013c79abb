package io.invigil.hub.candidate;

import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.appliance.db.Dialect;
import io.invigil.appliance.db.MigrationSource;
import io.invigil.hub.candidate.CandidateFilter.Gaps;
import io.invigil.hub.organisation.HubWorld;
import io.invigil.hub.organisation.Numbers;
import io.invigil.testkit.StoreContract;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Domain section 3: filters for incomplete data; source 002 section 4 (信息不完善的考生). */
class CandidateFilterTest {
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

        Contract(Dialect dialect) {
            super(dialect, new MigrationSource("hub", Numbers.class));
        }

        @Test
        void candidatesWithoutPhotoOrWithMissingFieldsAreFound() {
            HubWorld world = new HubWorld(database());
            List<CandidateId> ids = world.candidates(world.clerk, 0, 3);
            change("update candidate set photo = 'f' where id = :id", ids.get(0));
            change("update candidate set photo = 'f' where id = :id", ids.get(1));
            change("update candidate set mobile = '' where id = :id", ids.get(1));
            assertThat(found(world, Gaps.ANY)).containsExactlyInAnyOrderElementsOf(ids);
            assertThat(found(world, Gaps.NO_PHOTO)).containsExactly(ids.get(2));
            assertThat(found(world, Gaps.INCOMPLETE))
                    .containsExactlyInAnyOrder(ids.get(1), ids.get(2));
        }

        private void change(String sql, CandidateId id) {
            database().useTransaction(tx -> tx.update(sql).bind("id", id.value()).execute());
        }

        private List<CandidateId> found(HubWorld world, Gaps gaps) {
            var filter =
                    new CandidateFilter(Optional.of(world.clerk.organisation().id()), "", gaps);
            return database()
                    .inTransaction(tx -> candidates.list(tx, world.clerk, filter, 0, 10))
                    .stream()
                    .map(Candidate::id)
                    .toList();
        }
    }
}
