package io.invigil.hub.print;

import io.invigil.appliance.web.Reply;
import io.invigil.appliance.web.Visit;
import io.invigil.hub.grid.GridBook;
import io.invigil.hub.grid.GridWorkbook;
import io.invigil.hub.plan.Plan;
import io.invigil.hub.plan.PlanDesk;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Answers with prints as PDF or Excel, or with what cannot be printed. Thread-safe. */
final class PrintDesk {
    static final String EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    private final PlanDesk desk;
    private final PrintCheck check;
    private final GridPdf pdf;
    private final GridWorkbook workbook = new GridWorkbook();

    /** In which form a print is wanted. */
    enum Form {
        PDF("pdf", "application/pdf"),
        EXCEL_FILE("xlsx", EXCEL);

        private final String ending;
        private final String mediaType;

        Form(String ending, String mediaType) {
            this.ending = ending;
            this.mediaType = mediaType;
        }

        String ending() {
            return ending;
        }

        /** By the query parameter {@code as}; PDF when it is absent, empty when unknown. */
        static Optional<Form> of(Visit visit) {
            String wanted = visit.query("as").orElse(PDF.ending);
            return List.of(values()).stream().filter(f -> f.ending.equals(wanted)).findFirst();
        }
    }

    PrintDesk(PlanDesk desk, PdfFonts fonts) {
        this.desk = desk;
        this.check = new PrintCheck(fonts);
        this.pdf = new GridPdf(fonts);
    }

    PlanDesk plans() {
        return desk;
    }

    byte[] write(Form form, GridBook book) {
        return form == Form.PDF ? pdf.write(book) : workbook.write(book);
    }

    /** One file, or the page that says which characters are in the way. */
    Reply file(Visit visit, Plan plan, Form form, String name, GridBook book) {
        return unprintable(visit, plan, form, List.of(book))
                .orElseGet(
                        () -> {
                            byte[] bytes = write(form, book);
                            return Reply.download(
                                    name + "." + form.ending(),
                                    form.mediaType,
                                    out -> out.write(bytes));
                        });
    }

    /** Excel chooses its fonts on the reader's machine; only PDF can lack one. */
    Optional<Reply> unprintable(Visit visit, Plan plan, Form form, Iterable<GridBook> books) {
        List<PrintCheck.Unprintable> missing = form == Form.PDF ? check.check(books) : List.of();
        if (missing.isEmpty()) {
            return Optional.empty();
        }
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("visit", visit);
        parameters.put("missing", missing);
        parameters.put("excel", visit.path() + "?as=" + Form.EXCEL_FILE.ending());
        return Optional.of(
                Reply.page(
                                PlanDesk.below(visit, plan, visit.text("print.missing.title"))
                                        .under(
                                                visit.text("arrangement.nav"),
                                                PlanDesk.path(plan) + "/arrangement"),
                                desk.desk().content("print/unprintable.jte", parameters))
                        .status(422));
    }
}
