/**
 * The centre speaks to rooms on the exam day (issue 3, part 6; XSP-038): staff of a body write one
 * text to one room, some or all; it goes signed and sealed by MQTT, and over HTTPS to nodes that
 * ask, until the room's own fact says that it is there; a proctor acknowledges it by another fact.
 * Sent, received and read stand beside each room.
 */
package io.invigil.hub.centreword;
