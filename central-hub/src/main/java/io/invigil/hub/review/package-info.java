/**
 * The review gate: only a sitting that passed review scores (domain, section 12:
 * 只有审核通过的学生综合测试成绩才有效). Unreviewed is not passed. A plan may pass sittings by itself that were
 * handed in without any incident or alarm; a person's decision always goes before that.
 */
package io.invigil.hub.review;
