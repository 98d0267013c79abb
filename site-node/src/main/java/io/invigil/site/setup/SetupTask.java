package io.invigil.site.setup;

import io.invigil.site.doctor.Check;
import java.util.List;
import java.util.Set;

/** The tasks in their order; the name is the stable code. */
public enum SetupTask {
    ENROL("", List.of(), Set.of()),
    STORAGE("", List.of(Check.SECOND_DEVICE, Check.WRITES, Check.SPACE), Set.of()),
    TIME("", List.of(Check.CLOCK), Set.of()),
    CAMERA("/technician/cameras", List.of(Check.CAMERAS), Set.of()),
    MODELS("", List.of(Check.MODELS), Set.of()),
    PACKAGE("", List.of(Check.PACKAGES), Set.of()),
    LAB_KIT("/technician/lab", List.of(), Set.of()),
    REHEARSAL("/technician/rehearsal", List.of(), Set.of()),
    CHECK_SHEET("/technician/check-sheet.pdf", List.of(), Set.of(REHEARSAL));

    private final String page;
    private final List<Check> checks;
    private final Set<SetupTask> after;

    SetupTask(String page, List<Check> checks, Set<SetupTask> after) {
        this.page = page;
        this.checks = checks;
        this.after = after;
    }

    /** Where it is done; empty text when it is done at the machine. */
    public String page() {
        return page;
    }

    /** Checks that must be well for it to be done; empty when something else decides. */
    List<Check> checks() {
        return checks;
    }

    /** What must be done before it. */
    Set<SetupTask> after() {
        return after;
    }
}
