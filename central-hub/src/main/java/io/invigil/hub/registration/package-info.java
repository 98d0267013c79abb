/**
 * Registration of candidates for a certificate level of a plan, which registers all its subjects
 * (domain, section 5). One registered subject is a {@link io.invigil.hub.registration.Sitting}.
 */
package io.invigil.hub.registration;
