package io.invigil.appliance.account;

/**
 * Where one group of people comes in.
 *
 * @param logins who checks their passwords
 * @param loginPath where they log in
 * @param homePath where they are after they changed their password
 */
public record Entrance(Logins logins, String loginPath, String homePath) {}
