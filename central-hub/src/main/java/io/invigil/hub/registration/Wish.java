package io.invigil.hub.registration;

import io.invigil.hub.candidate.CandidateId;
import io.invigil.hub.plan.SubjectId;

/**
 * One candidate for one subject, as asked for.
 *
 * @param targetType of the candidate (参考对象类型), empty when not given
 */
public record Wish(CandidateId candidate, SubjectId subject, String targetType) {}
