/** QR codes as pictures for pages and prints. */
package io.invigil.appliance.qr;
