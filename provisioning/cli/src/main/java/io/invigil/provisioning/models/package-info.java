/** {@code invigil models}: face model files of others onto a server, pinned by their hashes. */
package io.invigil.provisioning.models;
