/**
 * Class sessions (面授课) and who was there (domain, section 9; S0 sections 4, 5 and 7). Where no room
 * server stands, the hub itself shows the code that changes every minute and the phones' page:
 * check-in within the minutes before the start, check-out within those after the end, afterwards by
 * hand with a reason. A session counts for those who came and left; its hours may be set to 0 once
 * it is over (结课).
 */
package io.invigil.hub.session;
