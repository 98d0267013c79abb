package io.invigil.hub.candidate;

import io.invigil.appliance.db.Tx;
import io.invigil.hub.audit.Audit;
import io.invigil.hub.audit.AuditActor;
import io.invigil.hub.organisation.FieldIssue;
import io.invigil.hub.organisation.TenantId;
import io.invigil.hub.sheet.SheetCell;
import io.invigil.hub.sheet.SheetRow;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Corrections of a candidate that another feature has decided, such as a change that a room found
 * at its door. Who may decide was asked there; what a name may be is said here, as for any entry.
 * Stateless and thread-safe.
 */
public final class CandidateCorrections {
    private final CandidateStore store = new CandidateStore();
    private final PhotoStore photos = new PhotoStore();
    private final Audit audit = new Audit();

    /**
     * Gives the candidate another name; the pinyin stays and is the school's to look at.
     *
     * @return why not, empty when done
     */
    public Optional<FieldIssue> rename(
            Tx tx, AuditActor who, TenantId tenant, CandidateId id, String name) {
        Candidate before = store.find(tx, tenant, id).orElseThrow();
        CandidateFields fields =
                new CandidateFields(
                        new SheetRow(
                                1,
                                Map.of(
                                        CandidateColumns.NAME,
                                        name.isBlank()
                                                ? SheetCell.BLANK
                                                : new SheetCell(
                                                        SheetCell.Kind.TEXT, name.strip()))));
        String text = fields.text(CandidateColumns.NAME, CandidateRow.NAME_CHARS_MAX, true);
        if (!fields.issues().isEmpty()) {
            var issue = fields.issues().getFirst();
            return Optional.of(new FieldIssue("name", issue.code(), issue.detail()));
        }
        Candidate after = before.named(text);
        if (!after.equals(before)) {
            store.change(tx, List.of(after));
            audit.changed(tx, who, "candidate", id, before, after);
        }
        return Optional.empty();
    }

    /** Takes a wrong photo away: the candidate is without one until the school gives the right. */
    public void dropPhoto(Tx tx, AuditActor who, TenantId tenant, CandidateId id) {
        Candidate before = store.find(tx, tenant, id).orElseThrow();
        if (before.hasPhoto()) {
            photos.unassign(tx, tenant, id);
            photos.removeUnused(tx, tenant, before.photo());
            Candidate after = store.find(tx, tenant, id).orElseThrow();
            audit.changed(tx, who, "candidate", id, before, after);
        }
    }
}
