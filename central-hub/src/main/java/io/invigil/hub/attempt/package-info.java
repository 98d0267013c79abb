/**
 * What the rooms recorded of each sitting: attendance, start, answers in every revision, hand-in,
 * time granted, incidents, the node's provisional score. Filled from the nodes' facts alone;
 * nothing here is ever edited. What is shown of a sitting is derived from the set of its facts, so
 * the order in which lanes arrive does not matter (XSP/1 section 6; domain, section 12).
 */
package io.invigil.hub.attempt;
