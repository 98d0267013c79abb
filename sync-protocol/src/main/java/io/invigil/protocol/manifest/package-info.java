/**
 * The signed statement of a hub that binds everything a node needs for one exam: roster, policy,
 * papers, photos, keys (XSP/1 section 8). Its version only rises; parts are content-addressed, so
 * nothing can be mixed and matched.
 */
package io.invigil.protocol.manifest;
