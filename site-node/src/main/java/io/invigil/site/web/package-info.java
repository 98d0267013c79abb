/**
 * What the JSON interfaces of the node have in common: refusals as JSON with stable codes, and
 * bodies read under limits. No exam rule.
 *
 * <p>Every changing request carries the header {@code X-CSRF-Token} with the token of {@code GET
 * /api/session}; it changes with each login and logout. A refusal is {@code {"code", "title",
 * "status", "details"}} with a 4xx or 5xx status; the code is stable, the title is for people.
 */
package io.invigil.site.web;
