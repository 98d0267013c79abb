package io.invigil.appliance.web;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** The Content-Disposition header for downloads (RFC 6266, RFC 8187). */
final class ContentDisposition {
    private ContentDisposition() {}

    static String attachment(String fileName) {
        String plain = fileName.replaceAll("[^A-Za-z0-9._-]", "_");
        String encoded = URLEncoder.encode(fileName, StandardCharsets.UTF_8).replace("+", "%20");
        return "attachment; filename=\"" + plain + "\"; filename*=UTF-8''" + encoded;
    }
}
