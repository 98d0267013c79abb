package io.invigil.hub.registration;

import io.invigil.appliance.db.Tx;
import io.invigil.hub.candidate.Candidate;
import io.invigil.hub.candidate.CandidateIssue;
import io.invigil.hub.candidate.Candidates;
import io.invigil.hub.candidate.IdNumber;
import io.invigil.hub.organisation.StaffScope;
import io.invigil.hub.sheet.RowIssue;
import io.invigil.hub.sheet.SheetCell;
import io.invigil.hub.sheet.SheetColumn;
import io.invigil.hub.sheet.SheetRow;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The candidates that a sheet names by 考生姓名 and 身份证号, read once for all rows. For one import. */
public final class RowPeople {
    private final StaffScope scope;
    private final Map<String, Candidate> known;

    public RowPeople(Tx tx, StaffScope scope, List<SheetRow> rows) {
        this.scope = scope;
        this.known =
                new Candidates()
                        .findByIdNumbers(
                                tx,
                                scope.tenant(),
                                rows.stream()
                                        .flatMap(row -> idNumber(row).stream())
                                        .distinct()
                                        .toList());
    }

    /** A row's candidate, or why there is none. */
    public sealed interface Found {
        record Known(Candidate candidate) implements Found {}

        record Faulty(RowIssue issue) implements Found {}
    }

    /** The row's candidate when the required cells are filled and name one of the own school. */
    public Found find(SheetRow row, List<SheetColumn> columns) {
        for (SheetColumn column : columns) {
            SheetCell cell = row.cell(column.name());
            if (cell.kind() == SheetCell.Kind.FORMULA) {
                return faulty(row, column.name(), CandidateIssue.CELL_FORMULA, "");
            }
            if (column.required() && cell.isBlank()) {
                return faulty(row, column.name(), CandidateIssue.CELL_REQUIRED, "");
            }
        }
        SheetCell idCell = row.cell(RegistrationColumns.ID_NUMBER);
        if (idCell.kind() == SheetCell.Kind.NUMBER) {
            return faulty(row, RegistrationColumns.ID_NUMBER, CandidateIssue.ID_NUMERIC_CELL, "");
        }
        if (IdNumber.read(idCell.text()) instanceof IdNumber.Reading.Invalid invalid) {
            return faulty(row, RegistrationColumns.ID_NUMBER, invalid.fault(), "");
        }
        Optional<Candidate> candidate =
                idNumber(row)
                        .flatMap(id -> Optional.ofNullable(known.get(id)))
                        .filter(one -> scope.mayChange(one.school()));
        if (candidate.isEmpty()) {
            return faulty(
                    row,
                    RegistrationColumns.ID_NUMBER,
                    RegistrationRefusal.REG_CANDIDATE_UNKNOWN,
                    "");
        }
        if (!candidate.get().name().equals(row.cell(RegistrationColumns.NAME).text())) {
            return faulty(
                    row,
                    RegistrationColumns.NAME,
                    RegistrationRefusal.REG_NAME_DIFFERS,
                    candidate.get().name());
        }
        return new Found.Known(candidate.get());
    }

    private static Optional<String> idNumber(SheetRow row) {
        SheetCell cell = row.cell(RegistrationColumns.ID_NUMBER);
        if (cell.kind() == SheetCell.Kind.TEXT
                && IdNumber.read(cell.text()) instanceof IdNumber.Reading.Valid valid) {
            return Optional.of(valid.number().value());
        }
        return Optional.empty();
    }

    private static Found faulty(SheetRow row, String column, Enum<?> code, String detail) {
        return new Found.Faulty(new RowIssue(row.number(), column, code.name(), detail));
    }
}
