/** Sites of schools, approved by the body, and the rooms set up for a plan (domain, section 4). */
package io.invigil.hub.site;
