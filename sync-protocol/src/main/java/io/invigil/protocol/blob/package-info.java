/**
 * Large content (snapshots, attachments) by SHA-256 (XSP/1 section 4): the node offers manifests,
 * the hub answers with a bitmap, the node sends sealed chunks. Facts name blobs by digest, so a
 * blob that never arrives costs no score (fault row 70).
 */
package io.invigil.protocol.blob;
