/**
 * Reads QTI 2.1, 2.2 and 3.0 content packages (1EdTech "Question and Test Interoperability", zip
 * with {@code imsmanifest.xml}) into this project's own paper model. All or nothing: either a whole
 * paper with key and images, or a list of issues that names file, item, line and element. Nothing
 * of a package is trusted: archive, XML, markup and images each have limits and allow-lists (fault
 * row 62).
 */
package io.invigil.hub.paper.qti;
