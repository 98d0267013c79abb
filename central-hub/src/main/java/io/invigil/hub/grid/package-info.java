/**
 * What is printed, as cells: one model from which both the PDF and the Excel file of a print are
 * written, so that both say the same (domain, section 7: "Excel and PDF, same cells"). Knows cells,
 * texts, codes and pictures, and nothing of exams.
 */
package io.invigil.hub.grid;
