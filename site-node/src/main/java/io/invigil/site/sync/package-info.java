/**
 * The node's way to the centre: drives the pure state machine of {@code protocol.node} over MQTT
 * and over sticks. The exam never waits for any of it.
 */
package io.invigil.site.sync;
