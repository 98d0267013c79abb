/**
 * Who is there (domain, sections 9 and 12): check-in by rotating code or at the desk, absence,
 * seats, and the proctor's view of the room with everything a proctor may do. Each exam of a node
 * has one phase for all its rooms.
 */
package io.invigil.site.attendance;
