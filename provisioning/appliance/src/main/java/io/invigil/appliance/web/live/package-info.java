/** Server-sent events: what makes pages change by themselves. */
package io.invigil.appliance.web.live;
