/**
 * What candidates ask for in the portal (issue 4, part 11): corrections of their data, which the
 * own school decides, and accommodations (extra time, a wheelchair seat), which the school looks at
 * and the plan's body grants. Each carries a file as evidence. Granted, a correction changes the
 * candidate, and an accommodation the candidate's sittings in the plan, from where arrangement and
 * package take it. The body can also set accommodations itself.
 */
package io.invigil.hub.request;
