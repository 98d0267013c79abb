/** Checks of the machine itself: clock, disks, memory, database. */
package io.invigil.site.doctor.machine;
