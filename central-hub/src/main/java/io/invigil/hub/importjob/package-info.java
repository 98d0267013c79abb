/**
 * Imports as jobs (issue 4, part 12): a file is accepted and stored, then taken in steps of some
 * rows, each one transaction that also keeps how far the import is. A hub that is killed goes on
 * after the last committed step: no row twice, none left out. Small files are taken while the
 * sender waits, in the same way. What a kind of import does with its rows is an {@link
 * io.invigil.hub.importjob.Importer} of its feature.
 */
package io.invigil.hub.importjob;
