/**
 * A rehearsal in the real room (issue 3, part 8): simulated candidates sit a made-up exam over this
 * node's own HTTPS, engine and disks, and the node says whether it would have kept up.
 *
 * <p>It cannot be taken for a real exam: a realm, keys and an exam name of its own, a ledger in
 * directories of its own under a key that is never written down, nothing that sends. Everything of
 * it is deleted afterwards, or at the next start if the node died meanwhile; only the figures stay.
 */
package io.invigil.site.rehearsal;
