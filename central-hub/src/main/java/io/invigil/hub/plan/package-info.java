/**
 * Exam plans of a certification body (domain, section 2): five windows, certificate levels with
 * their pass rule, subjects, slots, participating schools. States follow from time and are never
 * stored.
 */
package io.invigil.hub.plan;
