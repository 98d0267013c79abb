/** Journeys of people in a real Chromium against real servers. */
package io.invigil.acceptance.browser;
