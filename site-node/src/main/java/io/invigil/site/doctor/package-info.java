/**
 * Whether this node is fit for an exam (issue 3, part 8; style, "Technician"): one list of checks
 * for the technician's page, the printed check sheet, the diagnostic bundle and {@code invigil
 * doctor}. Each says what was measured, what that means and what to do; limits are named with their
 * source. Checks of the machine, of its lines and of what it was given lie in packages below.
 */
package io.invigil.site.doctor;
