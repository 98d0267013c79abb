/**
 * What a technician takes away: the printed check sheet to sign, and a bundle for support that
 * holds no personal data, no paper and no key (issue 3, part 8).
 */
package io.invigil.site.diagnostics;
