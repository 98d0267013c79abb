package io.invigil.hub.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.invigil.appliance.db.Dialect;
import io.invigil.protocol.crypto.Digest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/**
 * Whatever is altered, deleted or inserted in the sealed log is found: domain section 17
 * (tamper-evident), issue 4 part 13.
 */
class AuditTamperTest {

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

    abstract static class Contract extends AuditContract {
        Contract(Dialect dialect) {
            super(dialect);
        }

        @Test
        void namesAnAlteredEntry() {
            tenChanges();
            sql("update audit_entry set login = 'li' where tenant = :t and number = 4");
            assertThat(verify().findings())
                    .containsExactly(new AuditFinding(AuditFinding.Kind.ALTERED, 4));
        }

        @Test
        void namesADeletedEntry() {
            tenChanges();
            sql("delete from audit_entry where tenant = :t and number = 5");
            assertThat(verify().findings())
                    .containsExactly(new AuditFinding(AuditFinding.Kind.DELETED, 5));
        }

        @Test
        void namesEntriesCutOffAtTheEndTogetherWithTheirSeals() {
            tenChanges();
            sql("delete from audit_entry where tenant = :t and number > 6");
            sql("delete from audit_seal where tenant = :t and number > 6");
            assertThat(verify().findings())
                    .containsExactly(new AuditFinding(AuditFinding.Kind.DELETED, 7));
        }

        @Test
        void namesAnEntryThatWasPutAtTheEndWithAFittingHash() {
            tenChanges();
            insertCopy(
                    11, new AuditEntry(who, 0, 99, at(), AuditAction.READ, "x", "", "", "", h(10)));
            assertThat(verify().findings())
                    .containsExactly(new AuditFinding(AuditFinding.Kind.INSERTED, 11));
        }

        @Test
        void namesAnEntryThatWasSqueezedInWithAllHashesMadeAnew() {
            tenChanges();
            List<AuditEntry> old = new ArrayList<>(all().reversed());
            old.add(6, new AuditEntry(who, 0, 99, at(), AuditAction.READ, "x", "", "", "", h(0)));
            sql("delete from audit_entry where tenant = :t");
            Digest previous = Digest.ZERO;
            List<AuditEntry> forged = new ArrayList<>();
            for (AuditEntry entry : old) {
                AuditEntry chained = entry.chained(forged.size() + 1, previous);
                previous = chained.hash();
                forged.add(chained);
            }
            insert(forged);
            AuditCheck.Result result = verify();
            assertThat(result.findings())
                    .contains(new AuditFinding(AuditFinding.Kind.REWRITTEN, 9))
                    .doesNotContain(new AuditFinding(AuditFinding.Kind.REWRITTEN, 6));
        }

        @Test
        void namesASealThatTheHubDidNotSign() {
            tenChanges();
            sql("update audit_seal set at_ms = at_ms + 1 where tenant = :t and number = 3");
            assertThat(verify().findings())
                    .containsExactly(new AuditFinding(AuditFinding.Kind.SEAL_FORGED, 3));
        }

        @Test
        void countsAllFindingsAndKeepsTheFirst() {
            List<Audit.Change> changes = new ArrayList<>();
            for (int i = 0; i <= AuditCheck.FINDINGS_MAX; i++) {
                changes.add(Audit.Change.created("candidate", i, Map.of("number", i)));
            }
            database().useTransaction(tx -> audit.all(tx, who, changes));
            sealer.round();
            sql("update audit_entry set login = 'li' where tenant = :t");
            assertThat(verify().found()).isEqualTo(AuditCheck.FINDINGS_MAX + 1);
            assertThat(verify().findings()).hasSize(AuditCheck.FINDINGS_MAX);
        }

        @Test
        void refusesAnAnchorThatIsDamaged() throws Exception {
            tenChanges();
            Files.writeString(files.resolve("seals.json"), "{");
            assertThatThrownBy(() -> anchor.newest(who.tenant()))
                    .isInstanceOf(AuditAnchor.AuditAnchorDamaged.class);
            Files.delete(files.resolve("seals.json"));
        }

        @Test
        void findsTheSameInTheExportedFileWithoutTheHub() throws IOException {
            tenChanges();
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            new AuditExport().write(out, log, who.tenant());
            String file = out.toString(StandardCharsets.UTF_8);
            assertThat(checked(file).isSound()).isTrue();
            assertThat(checked(file).entries()).isEqualTo(10);
            assertThat(checked(file.replace("\"key\":\"4\"", "\"key\":\"5\"")).findings())
                    .containsExactly(new AuditFinding(AuditFinding.Kind.ALTERED, 4));
            String[] lines = file.split("\n");
            String cut = file.substring(0, file.length() - lines[lines.length - 1].length() - 1);
            assertThat(checked(cut).findings())
                    .containsExactly(new AuditFinding(AuditFinding.Kind.INSERTED, 10));
        }

        private AuditCheck.Result checked(String file) throws IOException {
            AuditCheck check = new AuditCheck(KEY.verifyKey());
            new AuditExport().read(new StringReader(file), check);
            return check.end(anchor.newest(who.tenant()));
        }

        @Test
        void refusesAFileThatIsNoChain() {
            for (String line :
                    List.of(
                            "x",
                            "{}",
                            "{\"kind\":\"entry\"}",
                            "{\"kind\":\"seal\",\"hash\":\"zz\"}",
                            "x".repeat(AuditExport.LINE_CHARS_MAX + 1))) {
                assertThatThrownBy(() -> checked(line))
                        .isInstanceOf(AuditExport.AuditFileMalformed.class);
            }
        }

        private Instant at() {
            return all().getFirst().at();
        }

        private Digest h(long number) {
            return all().stream()
                    .filter(entry -> entry.number() == number)
                    .map(AuditEntry::hash)
                    .findFirst()
                    .orElse(Digest.ZERO);
        }

        private void insertCopy(long number, AuditEntry entry) {
            insert(List.of(entry.chained(number, entry.hash())));
        }

        private void insert(List<AuditEntry> entries) {
            database().useTransaction(tx -> new AuditStore().insert(tx, entries, tx.at()));
        }
    }
}
