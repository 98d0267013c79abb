/** What lies on the machine's disk: the data directory, the data key, keys under it, blobs. */
package io.invigil.appliance.data;
