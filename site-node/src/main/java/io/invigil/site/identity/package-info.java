/**
 * Who sits there (domain, section 10): the candidate's camera step before the start and the desk
 * where the proctor decides with both pictures side by side. Without face models everything works
 * by eye and says so. Pictures are blobs of the room, templates stay on this node, encrypted under
 * a key of their exam, until seven days after its end (XSP/1 section 12).
 */
package io.invigil.site.identity;
