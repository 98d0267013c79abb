package io.invigil.hub.pack;

import static org.assertj.core.api.Assertions.assertThat;

import io.invigil.appliance.db.Dialect;
import io.invigil.appliance.db.MigrationSource;
import io.invigil.exam.pack.Roster;
import io.invigil.hub.ScoredExam;
import io.invigil.hub.ScoringWorld.Person;
import io.invigil.hub.candidate.Candidate;
import io.invigil.hub.candidate.CandidateId;
import io.invigil.hub.candidate.Candidates;
import io.invigil.hub.facecapture.FaceFixture;
import io.invigil.hub.ingest.FactProjection;
import io.invigil.hub.plan.PassRule;
import io.invigil.protocol.crypto.Digest;
import io.invigil.protocol.json.Json;
import io.invigil.testkit.StoreContract;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Domain section 10: what faces are compared with in the room, and who is not compared. */
class PackagePictureTest {
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
        private static final byte[] REGISTERED = {1, 2, 3};

        Contract(Dialect dialect) {
            super(dialect, new MigrationSource("hub", FactProjection.class));
        }

        private static Candidate candidate(ScoredExam exam, Person person) {
            return exam.tx(
                    tx ->
                            new Candidates()
                                    .find(
                                            tx,
                                            exam.world.tenant,
                                            new CandidateId(person.candidate()))
                                    .orElseThrow());
        }

        @Test
        void theOwnCaptureTravelsBeforeTheRegistrationPhotoAndWhoDeclinedIsCheckedByEye() {
            ScoredExam exam = new ScoredExam(database(), PassRule.ALL_SUBJECTS, false);
            String photo = Digest.sha256(REGISTERED).hex();
            exam.tx(
                    tx ->
                            tx.update(
                                            """
                                            insert into photo (tenant, sha256, content)
                                            values (:t, :sha256, :content)
                                            """)
                                    .bind("t", exam.world.tenant.value())
                                    .bind("sha256", photo)
                                    .bind("content", REGISTERED)
                                    .execute());
            Person captured = exam.world.person("王小二", photo);
            Person declined = exam.world.person("王小三", photo);
            Person silent = exam.world.person("王小四", photo);
            Candidate first = candidate(exam, captured);
            Candidate second = candidate(exam, declined);
            byte[] own = exam.tx(tx -> FaceFixture.captured(tx, first));
            exam.tx(
                    tx -> {
                        FaceFixture.declined(tx, second);
                        return true;
                    });
            PackageReading.Result result = new PackageReads(exam).withProctor().read();
            assertThat(result).isInstanceOf(PackageReading.Result.Complete.class);
            PackageContent content = ((PackageReading.Result.Complete) result).content();
            Map<String, byte[]> pictures = new HashMap<>();
            content.photos().forEach(one -> pictures.put(one.name(), one.content()));
            assertThat(pictures.get("photo/" + captured.theorySitting())).isEqualTo(own);
            assertThat(pictures.get("photo/" + declined.theorySitting())).isEqualTo(REGISTERED);
            assertThat(pictures.get("photo/" + silent.theorySitting())).isEqualTo(REGISTERED);
            assertThat(
                            content.entries().stream()
                                    .filter(Roster.Entry::onlyByEye)
                                    .map(Roster.Entry::name)
                                    .collect(Collectors.toSet()))
                    .containsExactly("王小三");
        }

        @Test
        void aRosterOfAnOlderHubSaysNothingAndFacesAreCompared() {
            String older =
                    """
                    {"sitting":1,"candidateNumber":"C1","admissionNumber":"A1","idNumber":"",
                     "name":"王小二","gender":"","school":"","room":"107","seat":1,"subject":"S1",
                     "extraMinutes":0,"pin":"123456","photo":""}
                    """;
            Roster.Entry entry =
                    Json.read(older.getBytes(StandardCharsets.UTF_8), Roster.Entry.class)
                            .orElseThrow();
            assertThat(entry.onlyByEye()).isFalse();
        }
    }
}
