/**
 * The office of the hub itself: organisations, staff accounts and their sessions, the outbox, the
 * audit page (domain, sections 1 and 17; issue 4, parts 1 and 13). The exam's own features stand in
 * packages of their own.
 */
package io.invigil.hub.office;
