/**
 * What nodes send, stored then applied (XSP/1 section 6): bundles become records under unique keys,
 * receipts say what is held, projections turn records into the tables of the features. Carried by
 * MQTT or by files; the same verifier and the same store for both.
 */
package io.invigil.hub.ingest;
