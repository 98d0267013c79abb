/**
 * Sittings to slots, rooms and seats (domain, section 7): a pure seeded algorithm, an independent
 * checker, admission numbers, PINs and the stickers on the desks.
 */
package io.invigil.hub.arrangement;
