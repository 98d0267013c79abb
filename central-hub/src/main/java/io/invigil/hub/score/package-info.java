/**
 * Scores: worked out from marks and review, entered in the plan's score window, seen by candidates
 * from publicity on, corrected only with a reason and a second person, locked for ever when
 * publicity ends (domain, section 14; S2 section 11; S4 section 5.2.9). Certificate results follow
 * from the entered scores by the level's pass rule.
 */
package io.invigil.hub.score;
