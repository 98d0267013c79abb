/**
 * Marks: the hub scores every handed-in sitting itself from the stored answers and the paper's key;
 * what the node showed is only compared. Written answers are marked by a teacher; ungraded ones
 * give nothing (domain, section 13). Whatever contradicts itself raises an alarm, and a sitting
 * with an open alarm has no score.
 */
package io.invigil.hub.marking;
