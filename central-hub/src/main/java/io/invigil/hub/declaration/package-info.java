/**
 * Yearly approval of a school's certificates (证书申报; source 002, domain sections 1 and 2): in a
 * year's window a school declares with which certificates it takes part, the provincial department
 * of its region approves or returns each, and only approved ones can be used in plans of that year
 * ({@link io.invigil.hub.declaration.Approvals}). 未提交 → 待审核 → 通过 / 审核退回; a returned one is changed
 * and sent again, also after the window. Where no department has opened a year nothing is demanded.
 */
package io.invigil.hub.declaration;
