/**
 * Weekly and half-month reports (周报, 半月报; domain section 16, source 004 section 6): a school
 * reports once for each period, the province reviews and sees who has not. 未提交 → 待审核 → 通过 / 审核退回; a
 * report is bound to its period: once the next one has begun only a returned report can still be
 * sent.
 */
package io.invigil.hub.report;
