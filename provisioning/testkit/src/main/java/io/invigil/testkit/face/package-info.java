/**
 * Real photographs and face models beside the project, for tests that are skipped without them, and
 * clips made by warping a photograph.
 */
package io.invigil.testkit.face;
