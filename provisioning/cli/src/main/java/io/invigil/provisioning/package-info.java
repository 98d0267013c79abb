/** The {@code invigil} command: what technicians and operators type. */
package io.invigil.provisioning;
