/** Checks of what the node was given and what hangs on it: packages, face models, cameras. */
package io.invigil.site.doctor.content;
