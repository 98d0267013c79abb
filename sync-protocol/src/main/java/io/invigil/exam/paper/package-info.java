/**
 * The paper a candidate sees and how its objective part is scored: items with sanitised XHTML and
 * interactions, the answer key apart from them, QTI response processing, checks of a response
 * before it is saved. Everything here is pure: no clock, no randomness, no files. Terms are those
 * of QTI 2.2. A response is a {@code Map<String, List<String>>} from response identifier to values;
 * the answers of a sitting are a map from item identifier to response.
 */
package io.invigil.exam.paper;
