/** The one way this project reads and writes JSON: limits on, unknown fields tolerated. */
package io.invigil.protocol.json;
