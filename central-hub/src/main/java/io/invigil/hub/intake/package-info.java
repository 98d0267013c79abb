/**
 * Records of imports (导入记录; domain, section 3a): who, when, which file, how many rows were taken or
 * not, and the failed rows with their reasons, to be downloaded as the same sheet.
 */
package io.invigil.hub.intake;
