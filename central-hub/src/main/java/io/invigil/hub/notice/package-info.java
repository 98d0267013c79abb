/**
 * Notices of a school or a body to candidates (issue 4, part 11): to those of a plan, of a site in
 * a plan, to a school's all, or to named ones. A notice stands in the portal; where wanted, a text
 * message tells of it. What became of it is kept for each candidate: read when, and the message's
 * state as the outbox has it.
 */
package io.invigil.hub.notice;
