/**
 * Fees (缴费管理; source 002 section 8, source 004 section 5.2.7): a school makes a request for a
 * plan's certificate, pays outside, and the body confirms by number. 待确认 → 已确认; a confirmed request
 * never changes. Amounts are fen.
 */
package io.invigil.hub.fee;
