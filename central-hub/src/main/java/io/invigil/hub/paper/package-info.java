/**
 * Papers of a subject: imported from QTI packages, shown to staff, assigned to the subject or one
 * of its slots. A paper version never changes; a corrected package is a new version. The body that
 * runs the plan imports and assigns (domain, section 1). Packaging takes the assigned version,
 * scoring the version that the sitting's start names.
 */
package io.invigil.hub.paper;
