/** The machine's Chromium for tests of pages: machines, pictures, and axe-core. */
package io.invigil.testkit.browser;
