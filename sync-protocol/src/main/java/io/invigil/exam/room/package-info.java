/**
 * What a room says happened: the facts that the node's core decides and the hub applies. They hold
 * ids and digests, never names, ID numbers or pictures (XSP/1 section 12).
 */
package io.invigil.exam.room;
