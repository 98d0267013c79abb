/**
 * The demonstration: one hub with its broker and two room servers as processes of their own on this
 * machine, loaded with a sample exam by the import code that staff use. Attended, it waits for
 * people; unattended, it plays an exam day with real HTTPS clients and reconciles what those were
 * promised with what the hub holds.
 */
package io.invigil.provisioning.demo;
