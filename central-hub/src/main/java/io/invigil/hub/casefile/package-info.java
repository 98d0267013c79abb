/**
 * One page per candidate that answers staff's question "why has this person no ticket, seat,
 * score?" in one look (issue 4, part 11): from photo and ban over registration, fee and seat to
 * package, attendance, sitting, review, marking, score, publicity and certificate (domain, sections
 * 3 to 15). Each line says the state, why it is so, what to do next and where. Nothing is stored:
 * the lines follow from what the features keep.
 */
package io.invigil.hub.casefile;
