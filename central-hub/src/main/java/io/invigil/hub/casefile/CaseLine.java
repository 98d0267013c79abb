package io.invigil.hub.casefile;

import java.util.List;

/**
 * One line of a case page.
 *
 * @param details for the texts of the code, in their order
 * @param path where one looks on or acts; empty when nowhere
 */
public record CaseLine(CaseCode code, List<String> details, String path) {
    public CaseLine {
        details = List.copyOf(details);
    }

    static CaseLine of(CaseCode code, String path, String... details) {
        return new CaseLine(code, List.of(details), path);
    }

    public String style() {
        return switch (code.tone()) {
            case DONE -> "tag-good";
            case INFO -> "tag-info";
            case WAITING -> "tag-warn";
            case OBSTACLE -> "tag-bad";
        };
    }
}
