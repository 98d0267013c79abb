package io.invigil.hub.candidate;

import io.invigil.hub.organisation.OrganisationId;
import io.invigil.hub.organisation.TenantId;
import io.invigil.hub.sheet.RowIssue;
import io.invigil.hub.sheet.SheetColumn;
import io.invigil.hub.sheet.SheetRow;
import java.util.List;
import java.util.Optional;

/**
 * A row of the candidates' sheet as read and checked by itself, before duplicates and the database
 * are looked at. Blank texts and year 0 mean "not given".
 */
record CandidateRow(
        SheetRow row,
        Optional<IdNumber> idNumber,
        String name,
        String pinyin,
        String mobile,
        String major,
        String programmeLevel,
        int enrolmentYear,
        String type,
        String mail,
        List<RowIssue> issues) {
    static final int NAME_CHARS_MAX = 100;

    /** Number of a candidate that is not stored yet. */
    private static final CandidateId UNNUMBERED = new CandidateId(Long.MAX_VALUE);

    static CandidateRow read(SheetRow row, CandidateImport.Mode mode) {
        boolean all = mode == CandidateImport.Mode.ADD;
        CandidateFields fields = new CandidateFields(row);
        return new CandidateRow(
                row,
                fields.idNumber(),
                fields.text(CandidateColumns.NAME, NAME_CHARS_MAX, all),
                fields.pinyin(),
                fields.mobile(all),
                fields.text(CandidateColumns.MAJOR, 200, all),
                fields.text(CandidateColumns.PROGRAMME_LEVEL, 60, all),
                fields.enrolmentYear(all),
                fields.text(CandidateColumns.TYPE, 60, false),
                fields.mail(),
                List.copyOf(fields.issues()));
    }

    int number() {
        return row.number();
    }

    RowIssue issue(CandidateIssue code, String detail) {
        return new RowIssue(number(), CandidateColumns.ID_NUMBER, code.name(), detail);
    }

    /** As read, in the template's order. */
    List<String> cells(CandidateImport.Mode mode) {
        return CandidateImport.columns(mode).stream()
                .map(SheetColumn::name)
                .map(column -> row.cell(column).text())
                .toList();
    }

    /** A new candidate without number. The row has no issues. */
    Candidate candidate(TenantId tenant, OrganisationId school) {
        IdNumber id = idNumber.orElseThrow();
        return new Candidate(
                tenant,
                UNNUMBERED,
                school,
                "",
                name,
                pinyin,
                id.value(),
                id.gender(),
                mobile,
                major,
                programmeLevel,
                enrolmentYear,
                type.isEmpty() ? CandidateFields.DEFAULT_TYPE : type,
                "",
                mail);
    }

    /** The stored candidate with what the row gives. */
    Candidate over(Candidate stored) {
        return new Candidate(
                stored.tenant(),
                stored.id(),
                stored.school(),
                stored.number(),
                name.isEmpty() ? stored.name() : name,
                pinyin.isEmpty() ? stored.pinyin() : pinyin,
                stored.idNumber(),
                stored.gender(),
                mobile.isEmpty() ? stored.mobile() : mobile,
                major.isEmpty() ? stored.major() : major,
                programmeLevel.isEmpty() ? stored.programmeLevel() : programmeLevel,
                enrolmentYear == 0 ? stored.enrolmentYear() : enrolmentYear,
                type.isEmpty() ? stored.type() : type,
                stored.photo(),
                mail.isEmpty() ? stored.mail() : mail);
    }

    /**
     * The stored candidate as the row says, blank cells included. The row was read as one for
     * adding and has no issues.
     */
    Candidate instead(Candidate stored) {
        Candidate fresh = candidate(stored.tenant(), stored.school());
        return new Candidate(
                stored.tenant(),
                stored.id(),
                stored.school(),
                stored.number(),
                fresh.name(),
                fresh.pinyin(),
                fresh.idNumber(),
                fresh.gender(),
                fresh.mobile(),
                fresh.major(),
                fresh.programmeLevel(),
                fresh.enrolmentYear(),
                fresh.type(),
                stored.photo(),
                fresh.mail());
    }

    private static String padded(long value, int digits) {
        String text = Long.toString(value);
        return "0".repeat(Math.max(0, digits - text.length())) + text;
    }

    /** Candidate number: year of entry, school, running number. */
    static Candidate numbered(Candidate candidate, CandidateId id, int year) {
        String number =
                padded(year, 4) + padded(candidate.school().value(), 4) + padded(id.value(), 7);
        return new Candidate(
                candidate.tenant(),
                id,
                candidate.school(),
                number,
                candidate.name(),
                candidate.pinyin(),
                candidate.idNumber(),
                candidate.gender(),
                candidate.mobile(),
                candidate.major(),
                candidate.programmeLevel(),
                candidate.enrolmentYear(),
                candidate.type(),
                candidate.photo(),
                candidate.mail());
    }
}
