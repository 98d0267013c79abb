/** {@code invigil backup} and {@code invigil restore}: copies of the hub that count. */
package io.invigil.provisioning.backup;
