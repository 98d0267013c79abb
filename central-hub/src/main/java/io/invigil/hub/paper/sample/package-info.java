/**
 * A made-up paper as a QTI package, written in all three versions of the specification from one
 * definition. The demonstration imports it through the same code that staff use, and the tests
 * compare that the three versions read alike.
 */
package io.invigil.hub.paper.sample;
