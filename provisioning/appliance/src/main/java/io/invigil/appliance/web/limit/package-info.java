/** Limits on how often one address may do something. */
package io.invigil.appliance.web.limit;
