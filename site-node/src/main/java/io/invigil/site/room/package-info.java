/**
 * The room as it runs: one writer thread turns commands into durable facts, publishes the state
 * that they make, and only then answers (XSP/1 section 2). Derby is a projection beside it and
 * never in the way of a reply.
 */
package io.invigil.site.room;
