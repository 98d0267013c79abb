/** What a server says about its own state: health checks and metrics. */
package io.invigil.appliance.selftest;
