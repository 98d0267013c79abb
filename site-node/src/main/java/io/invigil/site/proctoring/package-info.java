/**
 * The proctor's pages (domain, section 12): login, the room with its seat map, the projector's
 * code. They hold no rule: what is done goes through the room's JSON interface and its core.
 */
package io.invigil.site.proctoring;
