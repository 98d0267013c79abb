/** The realm's trust root, renewed by hand with the key that is kept off the machine. */
package io.invigil.provisioning.trust;
