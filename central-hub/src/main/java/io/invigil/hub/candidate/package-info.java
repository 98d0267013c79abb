/**
 * Candidates of a school, their photos and their import from Excel (domain, section 3; source
 * documents 002 section 4 and 004).
 */
package io.invigil.hub.candidate;
