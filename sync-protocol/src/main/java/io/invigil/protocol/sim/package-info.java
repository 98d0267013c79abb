/**
 * Machinery that makes failures repeatable: simulated devices, time, networks and machines, all in
 * one thread and from one seed (XSP/1 section 15). In main scope, because {@code invigil simulate}
 * ships it.
 */
package io.invigil.protocol.sim;
