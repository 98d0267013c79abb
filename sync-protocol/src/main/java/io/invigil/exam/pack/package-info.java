/** Content of the package that a hub gives a node for one exam: roster, policy, papers' names. */
package io.invigil.exam.pack;
