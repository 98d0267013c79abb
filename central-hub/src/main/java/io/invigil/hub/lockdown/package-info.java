/**
 * What candidates' pages watch in the exams of a plan, and whether they need Safe Exam Browser
 * (domain, section 11): data of the plan that travel in its packages. Owned by the certification
 * body; the rules that a package was built with stay in it.
 */
package io.invigil.hub.lockdown;
