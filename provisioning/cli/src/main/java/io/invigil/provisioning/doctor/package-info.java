/**
 * {@code invigil doctor} (issue 3, part 8): the checks of the technician's page for who types,
 * scripts or cannot start the node any more.
 */
package io.invigil.provisioning.doctor;
