/**
 * What keeps a candidate at the test (domain, section 11): signals of the page as facts, Safe Exam
 * Browser with our settings, and the kit with which a technician sets up a room of PCs.
 */
package io.invigil.site.lockdown;
