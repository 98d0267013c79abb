/**
 * The seeded simulator of sync (XSP/1 section 15): nodes, hub instances, a broker that drops what
 * it has acknowledged, sticks, forgers and clocks in one thread. One number is one run; {@link
 * io.invigil.protocol.sim.sync.Simulation} is the entry.
 */
package io.invigil.protocol.sim.sync;
