package io.invigil.hub.office;

import io.invigil.appliance.i18n.Texts;

/**
 * The message with a password.
 *
 * @param publicUrl where to sign in
 */
public record StaffLetter(Texts texts, String publicUrl) implements StaffOffice.Letter {
    @Override
    public String subject() {
        return texts.text("staff.letter.subject");
    }

    @Override
    public String text(String login, String password) {
        return texts.text("staff.letter.text", login, password, publicUrl);
    }
}
