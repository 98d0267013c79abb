/**
 * Bans from exams (domain, section 12; source S1 article 7: 暂停参加该项考试 or 各种国家教育考试 for 1–3 years),
 * entered by the exam authority with their effect dates and asked at registration.
 */
package io.invigil.hub.violation;
