package io.invigil.hub;

import io.invigil.testkit.HttpsBrowser;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;

/** Files that a page hands out, as bytes. */
final class Downloads {
    private Downloads() {}

    /** Sends an empty form, or asks, with the token of the browser's last page. */
    static HttpResponse<byte[]> answer(HttpsBrowser browser, String method, String path) {
        URI to = browser.request(path).build().uri();
        HttpRequest.Builder request =
                browser.request(path)
                        .header("Origin", to.resolve("/").toString().replaceAll("/$", ""));
        browser.csrfToken().ifPresent(token -> request.header("X-CSRF-Token", token));
        if (method.equals("GET")) {
            request.GET();
        } else {
            request.method(method, HttpRequest.BodyPublishers.noBody())
                    .header("Content-Type", "application/x-www-form-urlencoded");
        }
        try {
            return browser.client().send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        } catch (IOException failure) {
            throw new AssertionError(path + " broke off", failure);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }

    /** The rows of an export's first sheet, the header first. */
    static List<List<String>> export(HttpsBrowser browser, String path) throws IOException {
        byte[] workbook = answer(browser, "POST", path).body();
        List<List<String>> rows = new ArrayList<>();
        try (XSSFWorkbook sheet = new XSSFWorkbook(new ByteArrayInputStream(workbook))) {
            for (Row row : sheet.getSheetAt(0)) {
                List<String> cells = new ArrayList<>();
                row.forEach(cell -> cells.add(cell.getStringCellValue()));
                rows.add(cells);
            }
        }
        return rows;
    }
}
