/**
 * Files of the room that facts name by SHA-256 (snapshots, attachments; XSP/1 sections 2, 4 and
 * 12): encrypted under a key of the exam's own, durable before the fact that names them, offered to
 * the centre until a receipt names them, gone with the exam's key.
 */
package io.invigil.site.blob;
