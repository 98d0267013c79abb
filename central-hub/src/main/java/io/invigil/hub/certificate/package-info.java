/**
 * Certificates: a locked pass makes an issuance record; when body and site have both confirmed it
 * (待培训评价组织、考核站点双方确认签发), the certificate exists: number, PDF, verification by anyone, from the
 * number or from the QR's signed content alone. It can be revoked with a reason, never changed
 * (domain, section 15; S2 section 12; S4 section 5.2.10).
 */
package io.invigil.hub.certificate;
