/**
 * Backups of the hub (XSP/1 section 6, grade R2): a consistent copy is made while the hub works,
 * read back record by record, and only then receipts say that the nodes' data are in a second
 * place. {@link io.invigil.hub.backup.Backups} makes them, {@link io.invigil.hub.backup.BackupDesk}
 * takes the order of the {@code invigil backup} command through the data directory, {@link
 * io.invigil.hub.backup.Restore} makes a data directory of one, in a new hub epoch (fault row 38).
 */
package io.invigil.hub.backup;
