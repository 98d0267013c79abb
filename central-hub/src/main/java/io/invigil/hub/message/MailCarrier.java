package io.invigil.hub.message;

import io.invigil.appliance.config.Secret;
import jakarta.mail.Authenticator;
import jakarta.mail.MessagingException;
import jakarta.mail.PasswordAuthentication;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.time.Clock;
import java.util.Date;
import java.util.Optional;
import java.util.Properties;

/** Mail over SMTP, with STARTTLS unless it is switched off. Thread-safe. */
public final class MailCarrier implements Carrier {
    private static final String MILLIS_MAX = "15000";

    /**
     * @param startTls demanded, not only offered
     */
    public record Server(
            String host,
            int port,
            boolean startTls,
            String from,
            Optional<String> user,
            Optional<Secret> password) {}

    private final Server server;
    private final Clock clock;

    public MailCarrier(Server server, Clock clock) {
        this.server = server;
        this.clock = clock;
    }

    @Override
    public Channel channel() {
        return Channel.MAIL;
    }

    @Override
    public Delivery send(Message message) {
        try {
            MimeMessage mail = new MimeMessage(session());
            mail.setFrom(new InternetAddress(server.from()));
            mail.setRecipient(
                    jakarta.mail.Message.RecipientType.TO,
                    new InternetAddress(message.recipient(), true));
            mail.setSubject(message.subject(), "UTF-8");
            mail.setText(message.text(), "UTF-8");
            mail.setSentDate(Date.from(clock.instant()));
            Transport.send(mail);
            return new Delivery.Sent();
        } catch (AddressException malformed) {
            return new Delivery.Refused("address: " + malformed.getMessage());
        } catch (SendFailedException refused) {
            boolean unknown = refused.getInvalidAddresses() != null && isPermanent(refused);
            return unknown
                    ? new Delivery.Refused(String.valueOf(refused.getMessage()))
                    : new Delivery.Failed(String.valueOf(refused.getMessage()));
        } catch (MessagingException failure) {
            return new Delivery.Failed(String.valueOf(failure.getMessage()));
        }
    }

    /** RFC 5321: a reply of 550, 551 or 553 means that the mailbox is not there. */
    private static boolean isPermanent(SendFailedException refused) {
        return refused.getInvalidAddresses().length > 0
                && String.valueOf(refused.getNextException()).matches("(?s).*\\b55[013]\\b.*");
    }

    private Session session() {
        Properties properties = new Properties();
        properties.put("mail.smtp.host", server.host());
        properties.put("mail.smtp.port", Integer.toString(server.port()));
        properties.put("mail.smtp.connectiontimeout", MILLIS_MAX);
        properties.put("mail.smtp.timeout", MILLIS_MAX);
        properties.put("mail.smtp.writetimeout", MILLIS_MAX);
        properties.put("mail.smtp.starttls.enable", Boolean.toString(server.startTls()));
        properties.put("mail.smtp.starttls.required", Boolean.toString(server.startTls()));
        properties.put("mail.smtp.ssl.checkserveridentity", "true");
        if (server.user().isEmpty()) {
            return Session.getInstance(properties);
        }
        properties.put("mail.smtp.auth", "true");
        String user = server.user().get();
        String password = server.password().map(Secret::reveal).orElse("");
        return Session.getInstance(
                properties,
                new Authenticator() {
                    @Override
                    protected PasswordAuthentication getPasswordAuthentication() {
                        return new PasswordAuthentication(user, password);
                    }
                });
    }
}
