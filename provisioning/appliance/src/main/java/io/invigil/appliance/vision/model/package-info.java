/**
 * Face models are files of others under their own licences and not part of this project: they are
 * installed from a directory or a URL, pinned by SHA-256, and belong with their thresholds to one
 * description (domain, section 10; protocol.md section 16).
 */
package io.invigil.appliance.vision.model;
