/**
 * The node's side of sync as a pure state machine (XSP/1 sections 5 to 8): inputs in, effects out;
 * no clock, socket, disk or thread. The same class runs under the node and under the simulator.
 */
package io.invigil.protocol.node;
