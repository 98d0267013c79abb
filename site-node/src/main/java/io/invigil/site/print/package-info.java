/**
 * What the room prints when the day is over: the sign-in sheet (domain, section 7: 考场签到表) and the
 * closing report with the signed heads of the ledger. Made on the node, without any line.
 */
package io.invigil.site.print;
