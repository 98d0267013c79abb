/**
 * Answers that do not count by themselves: what a page held while the node was out of reach, or
 * what an emergency file brings (XSP/1 section 11; domain, section 11). The page keeps them under a
 * key of its sitting and paper, the node signs when it last spoke with the page, a proctor reads
 * and judges them, the centre's reviewer has the last word.
 */
package io.invigil.site.apart;
