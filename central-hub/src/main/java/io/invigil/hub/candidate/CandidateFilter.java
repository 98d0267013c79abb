package io.invigil.hub.candidate;

import io.invigil.hub.organisation.OrganisationId;
import java.util.Optional;

/**
 * What a list of candidates shows.
 *
 * @param school only this school's
 * @param text part of name, pinyin, candidate number, or a whole ID number; empty for all
 * @param gaps which incomplete data is looked for
 */
public record CandidateFilter(Optional<OrganisationId> school, String text, Gaps gaps) {

    /** Incomplete data to look for. */
    public enum Gaps {
        ANY,
        NO_PHOTO,
        INCOMPLETE
    }

    public static CandidateFilter ofSchool(OrganisationId school) {
        return new CandidateFilter(Optional.of(school), "", Gaps.ANY);
    }
}
