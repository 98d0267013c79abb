package io.invigil.hub.office;

/** A message whose text is the login and the password, for tests that read it. */
public record TestLetter() implements StaffOffice.Letter {
    @Override
    public String subject() {
        return "账号";
    }

    @Override
    public String text(String login, String password) {
        return login + " " + password;
    }
}
