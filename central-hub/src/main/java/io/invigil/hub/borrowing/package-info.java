/**
 * Borrowing of rooms (借考; source 002 section 5): a school whose own sites do not suffice asks the
 * certification body for seats at other schools' sites in one plan, with a reason; the body lends
 * rooms there or refuses; lent rooms are given back. The arrangement seats a school's candidates in
 * its own sites and in what is lent to it. States: 待审核 → 已借出 → 已归还, 待审核 → 退回 or 已撤回.
 */
package io.invigil.hub.borrowing;
