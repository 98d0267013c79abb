/**
 * The hub's side of sync (XSP/1 section 6): {@link io.invigil.protocol.hub.HubIngest} decides about
 * one message in one transaction over the {@link io.invigil.protocol.hub.HubStore} port, {@link
 * io.invigil.protocol.hub.HubSync} is the state machine of one instance around it: receipts, gap
 * requests, cursors. Stored first, applied after.
 */
package io.invigil.protocol.hub;
