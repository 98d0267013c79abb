/**
 * Proctors and patrols (监考人员, 巡考; domain section 8, S2 section 10, S4 section 5.2.11): entered by
 * their school, certified by the body for each certificate and level (未认证 → 已认证), and assigned to
 * rooms: two proctors and a patrol, nobody at two places at once, only for what they are certified.
 */
package io.invigil.hub.staffing;
