package io.invigil.hub.importjob;

import io.invigil.hub.intake.FailedRow;
import java.util.List;

/**
 * What one step did.
 *
 * @param refusal code when the import ends here, else empty
 */
public record Taken(
        int added,
        int changed,
        int unchanged,
        List<FailedRow> failed,
        String refusal,
        String refusalDetail) {

    public Taken {
        failed = List.copyOf(failed);
    }

    public static Taken of(int added, int changed, int unchanged, List<FailedRow> failed) {
        return new Taken(added, changed, unchanged, failed, "", "");
    }

    /** The import ends; rows that say why may be given back. */
    public static Taken refused(String code, String detail, List<FailedRow> failed) {
        return new Taken(0, 0, 0, failed, code, detail);
    }

    boolean isRefused() {
        return !refusal.isEmpty();
    }
}
