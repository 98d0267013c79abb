/** Checks of what leads out of the node: the room's network, the centre, certificates, backlog. */
package io.invigil.site.doctor.line;
