/**
 * The candidates' portal (domain, sections 3, 7, 11 and 14; source 002 sections 9 and 11:
 * 让学生登录学生个人空间平台自行下载打印): accounts with their recovery by message, and the candidate's own data,
 * registrations, fees, tickets, results and certificates. Accounts are kept by the school. A
 * candidate's session has the role {@code candidate} and, as account, the candidate's number below
 * zero, so that it never meets a member of staff.
 */
package io.invigil.hub.portal;
