/**
 * The exam day at the centre (domain, section 12; S0, section Ⅲ): a board of all rooms with live
 * states 未考 / 考试中 / 已考 while the line is up and "last seen" otherwise, what needs a phone call
 * first. Fed by the rooms' own facts; it changes nothing in a room.
 */
package io.invigil.hub.examday;
