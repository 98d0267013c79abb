/**
 * Messages to people: put into the outbox by the transaction that has something to say, sent later
 * by mail (SMTP) or through an SMS gateway (HTTP), with retries that wait longer each time (issue
 * 4, part 1).
 *
 * <p>States: waiting, sent, given up. Without a carrier for its channel a message waits, and the
 * outbox page lets those who wrote it hand it over themselves. The text of a message is erased once
 * it was sent, because it may hold a first password; it never stands in a log.
 */
package io.invigil.hub.message;
