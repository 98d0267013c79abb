package io.invigil.hub.office;

import io.invigil.appliance.account.StaffAccount;
import io.invigil.appliance.db.Database;
import io.invigil.appliance.db.Tx;
import io.invigil.hub.importjob.ImportJobs;
import io.invigil.hub.importjob.ImportOrder;
import io.invigil.hub.importjob.Importer;
import io.invigil.hub.importjob.SheetRun;
import io.invigil.hub.importjob.SheetWork;
import io.invigil.hub.importjob.Taken;
import io.invigil.hub.intake.FailedRow;
import io.invigil.hub.intake.ImportFile;
import io.invigil.hub.intake.ImportKind;
import io.invigil.hub.intake.ImportRecord;
import io.invigil.hub.organisation.FieldIssue;
import io.invigil.hub.organisation.Organisation;
import io.invigil.hub.organisation.StaffScope;
import io.invigil.hub.sheet.RowIssue;
import io.invigil.hub.sheet.SheetCell;
import io.invigil.hub.sheet.SheetColumn;
import io.invigil.hub.sheet.SheetRow;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Imports staff accounts (issue 4, part 1), a row for each. The login finds an account that is
 * there: a row that says what is stored counts as unchanged, so a second upload changes nothing and
 * sends nothing; one that says something else fails, because an account is changed on its own page.
 * Each new account's random first password goes to the person by message. Thread-safe.
 */
public final class StaffImport implements Importer {
    public static final String NAME = "姓名";
    public static final String LOGIN = "登录名";
    public static final String ORGANISATION = "机构";
    public static final String DUTY = "职责";
    public static final String MAIL = "电子邮箱";
    public static final String MOBILE = "手机号码";
    public static final String SHEET = "工作人员账号";

    private final Database database;
    private final Clock clock;
    private final StaffOffice office;
    private final StaffOffice.Letter letter;

    /**
     * @param letter what the message with a first password says; a job knows no visitor's language
     */
    public StaffImport(
            Database database, Clock clock, StaffOffice office, StaffOffice.Letter letter) {
        this.database = database;
        this.clock = clock;
        this.office = office;
        this.letter = letter;
    }

    /** The template's columns; without an organisation the own one is meant. */
    public static List<SheetColumn> columns() {
        return List.of(
                new SheetColumn(NAME, true, 14),
                new SheetColumn(LOGIN, true, 22),
                new SheetColumn(ORGANISATION, false, 30),
                new SheetColumn(DUTY, true, 20),
                new SheetColumn(MAIL, false, 28),
                new SheetColumn(MOBILE, false, 18));
    }

    /**
     * Runs the import.
     *
     * @throws IOException when the disk fails
     */
    public ImportRecord run(StaffScope scope, ImportFile file) throws IOException {
        return ImportJobs.of(database, clock, file)
                .register(ImportKind.STAFF, this)
                .run(ImportOrder.of(scope, ImportKind.STAFF), file);
    }

    @Override
    public Opening open(ImportOrder order, ImportFile file) throws IOException {
        return SheetRun.open(new Work(order.scope()), file.path());
    }

    /** What became of one row. */
    private enum Fate {
        ADDED,
        UNCHANGED
    }

    /** One file. */
    private final class Work implements SheetWork {
        /** Each new account's password takes about 55 ms to hash. */
        private static final int ACCOUNTS_AT_ONCE = 20;

        private final StaffScope scope;

        Work(StaffScope scope) {
            this.scope = scope;
        }

        @Override
        public List<SheetColumn> columns() {
            return StaffImport.columns();
        }

        @Override
        public int rowsAtOnce() {
            return ACCOUNTS_AT_ONCE;
        }

        @Override
        public Taken take(Tx tx, List<SheetRow> rows, boolean first) {
            List<FailedRow> failed = new ArrayList<>();
            Map<String, Organisation> managed = named(office.managed(tx, scope));
            int[] counts = new int[Fate.values().length];
            for (SheetRow row : rows) {
                List<RowIssue> issues = new ArrayList<>();
                Optional<Fate> fate = one(tx, scope, managed, row, issues);
                fate.ifPresent(f -> counts[f.ordinal()]++);
                if (fate.isEmpty()) {
                    failed.add(SheetRun.failed(columns(), row, issues));
                }
            }
            return Taken.of(
                    counts[Fate.ADDED.ordinal()], 0, counts[Fate.UNCHANGED.ordinal()], failed);
        }
    }

    /** People write an organisation's name or its code. */
    private static Map<String, Organisation> named(Map<Long, Organisation> managed) {
        Map<String, Organisation> named = new HashMap<>();
        managed.values()
                .forEach(
                        one -> {
                            named.put(one.code(), one);
                            named.put(one.name(), one);
                        });
        return named;
    }

    private Optional<Fate> one(
            Tx tx,
            StaffScope scope,
            Map<String, Organisation> managed,
            SheetRow row,
            List<RowIssue> issues) {
        for (SheetColumn column : columns()) {
            SheetCell cell = row.cell(column.name());
            if (cell.kind() == SheetCell.Kind.ERROR || column.required() && cell.isBlank()) {
                issues.add(issue(row, column.name(), "CELL_REQUIRED", ""));
            } else if (cell.kind() == SheetCell.Kind.FORMULA) {
                issues.add(issue(row, column.name(), "CELL_FORMULA", ""));
            }
        }
        String said = row.cell(ORGANISATION).text();
        Organisation of = said.isEmpty() ? scope.organisation() : managed.get(said);
        if (of == null) {
            issues.add(
                    issue(row, ORGANISATION, StaffRefusal.STAFF_ORGANISATION_FOREIGN.name(), said));
        }
        Set<StaffDuty> duties = duties(row, issues);
        if (!issues.isEmpty()) {
            return Optional.empty();
        }
        StaffContact contact = new StaffContact(row.cell(MAIL).text(), row.cell(MOBILE).text());
        StaffOffice.Draft draft =
                new StaffOffice.Draft(
                        row.cell(LOGIN).text(),
                        row.cell(NAME).text(),
                        of.id().value(),
                        duties,
                        contact);
        Optional<StaffAccount> known = office.findByLogin(tx, scope, draft.login());
        return known.isPresent()
                ? compared(tx, scope, known.get(), of, draft, row, issues)
                : added(tx, scope, draft, row, issues);
    }

    /** Duties stand in one cell, such as 业务人员、管理员. */
    private static Set<StaffDuty> duties(SheetRow row, List<RowIssue> issues) {
        Set<StaffDuty> duties = EnumSet.noneOf(StaffDuty.class);
        for (String word : row.cell(DUTY).text().split("[\\s,，、;；]+")) {
            Optional<StaffDuty> duty =
                    EnumSet.allOf(StaffDuty.class).stream()
                            .filter(one -> one.cell().equals(word))
                            .findFirst();
            duty.ifPresent(duties::add);
            if (duty.isEmpty() && !word.isEmpty()) {
                issues.add(issue(row, DUTY, StaffRefusal.STAFF_DUTY_UNKNOWN.name(), word));
            }
        }
        return duties;
    }

    private Optional<Fate> compared(
            Tx tx,
            StaffScope scope,
            StaffAccount known,
            Organisation of,
            StaffOffice.Draft draft,
            SheetRow row,
            List<RowIssue> issues) {
        boolean managed =
                office.find(tx, scope, known.id())
                        .filter(one -> one.organisation().equals(Optional.of(of.id().value())))
                        .isPresent();
        StaffOffice.Profile wanted =
                new StaffOffice.Profile(draft.name().strip(), draft.duties(), draft.contact());
        if (!managed) {
            // whose it is instead is nobody's business here
            issues.add(issue(row, LOGIN, StaffRefusal.STAFF_LOGIN_TAKEN.name(), ""));
        } else if (!office.profile(tx, known, of).equals(wanted)) {
            issues.add(issue(row, LOGIN, StaffRefusal.STAFF_ACCOUNT_DIFFERS.name(), known.login()));
        }
        return issues.isEmpty() ? Optional.of(Fate.UNCHANGED) : Optional.empty();
    }

    private Optional<Fate> added(
            Tx tx, StaffScope scope, StaffOffice.Draft draft, SheetRow row, List<RowIssue> issues) {
        List<FieldIssue> refused = office.issues(draft);
        if (refused.isEmpty()) {
            StaffOffice.Outcome made = office.add(tx, scope, draft, office.newPassword(), letter);
            refused = made instanceof StaffOffice.Outcome.Refused why ? why.issues() : List.of();
        }
        refused.forEach(why -> issues.add(issue(row, column(why), why.code(), why.detail())));
        return issues.isEmpty() ? Optional.of(Fate.ADDED) : Optional.empty();
    }

    private static String column(FieldIssue why) {
        return switch (why.field()) {
            case "name" -> NAME;
            case "login" -> LOGIN;
            case "organisation" -> ORGANISATION;
            case "duty" -> DUTY;
            case "mail" -> MAIL;
            case "mobile" -> MOBILE;
            default -> "";
        };
    }

    private static RowIssue issue(SheetRow row, String column, String code, String detail) {
        return new RowIssue(row.number(), column, code, detail);
    }
}
