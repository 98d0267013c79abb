package io.invigil.provisioning.demo;

/**
 * One stored revision of an answer at the hub.
 *
 * @param op the candidate's own id of the save
 * @param response the response's JSON exactly as recorded
 */
public record HubAnswer(String item, String op, long revision, String response) {}
