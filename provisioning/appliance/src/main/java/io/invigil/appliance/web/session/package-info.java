/**
 * Sessions: an opaque random id in a cookie, stored only as its SHA-256, so that a copied database
 * opens no session. Visitors who are not signed in have an id too, for the CSRF token, but nothing
 * is stored for them.
 */
package io.invigil.appliance.web.session;
