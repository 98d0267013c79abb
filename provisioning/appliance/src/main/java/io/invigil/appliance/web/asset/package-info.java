/** Static files: style sheets, scripts, pictures out of the jars. */
package io.invigil.appliance.web.asset;
