/**
 * Review of parked bundles by two people (XSP/1 section 10; fault rows 48 to 50, 79): authentic
 * data that a revoked key signed, or that does not belong to its node, wait until one member of the
 * certification body's staff proposes to let them in or to keep them out, with a reason, and
 * another one decides. {@link io.invigil.hub.admission.Admissions} has the rules.
 */
package io.invigil.hub.admission;
