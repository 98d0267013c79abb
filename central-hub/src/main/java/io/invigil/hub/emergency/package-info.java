/**
 * Emergency answer files that the centre opens itself (issue 3, part 4; XSP/1 section 8): when the
 * room's server is gone, a body's member of staff takes the file in, the hub opens it with the
 * slot's key and holds it against what the ledger brought; a second person admits it or not. What
 * is admitted stands apart as late answers: the reviewer of the sitting has the last word.
 */
package io.invigil.hub.emergency;
