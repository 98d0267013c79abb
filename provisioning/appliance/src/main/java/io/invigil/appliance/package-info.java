/** Root package of this module. */
package io.invigil.appliance;
