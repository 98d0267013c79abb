/** Fault rows of the line between node and hub, with real brokers behind proxies of ours. */
package io.invigil.acceptance.fault;
