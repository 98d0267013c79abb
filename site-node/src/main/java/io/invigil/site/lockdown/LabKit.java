package io.invigil.site.lockdown;

import io.invigil.exam.pack.Roster;
import io.invigil.protocol.json.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * What a technician takes to a room of PCs: the authority's certificate, browser policies that let
 * the camera and only this node in, start scripts that bind a PC to its seat, and a sheet to tick
 * off (issue 3, part 5: 60 PCs in an hour). Pure.
 *
 * @param origin address of this node for candidates, without a slash at the end
 * @param caDer the authority that signed this node's certificate
 */
@SuppressWarnings("ArrayRecordComponent")
public record LabKit(String origin, byte[] caDer) {
    private static final String CHROME = "SOFTWARE\\Policies\\Google\\Chrome";
    private static final String EDGE = "SOFTWARE\\Policies\\Microsoft\\Edge";

    /** Names and contents in order. */
    public Map<String, byte[]> files(List<Roster.Room> rooms) {
        Map<String, byte[]> files = new LinkedHashMap<>();
        put(files, "README.txt", readme());
        put(files, "ca.crt", pem());
        put(files, "linux/invigil.json", policyJson());
        put(files, "linux/install.sh", linuxInstall());
        put(files, "linux/start.sh", linuxStart());
        put(files, "windows/invigil.reg", registry());
        put(files, "windows/install.cmd", windowsInstall());
        put(files, "windows/start.cmd", windowsStart());
        for (Roster.Room room : rooms) {
            put(files, "check-sheet-" + room.name() + ".html", sheet(room));
        }
        return files;
    }

    /** The files as one archive. */
    public byte[] zip(List<Roster.Room> rooms) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes, StandardCharsets.UTF_8)) {
            for (Map.Entry<String, byte[]> file : files(rooms).entrySet()) {
                zip.putNextEntry(new ZipEntry("invigil-lab-kit/" + file.getKey()));
                zip.write(file.getValue());
                zip.closeEntry();
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    private static void put(Map<String, byte[]> files, String name, String text) {
        boolean windows = name.startsWith("windows/");
        String lines = windows ? text.replace("\n", "\r\n") : text;
        files.put(name, lines.getBytes(StandardCharsets.UTF_8));
    }

    private String pem() {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(caDer);
        return "-----BEGIN CERTIFICATE-----\n" + body + "\n-----END CERTIFICATE-----\n";
    }

    /** The same rules for every browser of the family. */
    private Map<String, Object> rules() {
        Map<String, Object> rules = new LinkedHashMap<>();
        rules.put("VideoCaptureAllowedUrls", List.of(origin));
        rules.put("AudioCaptureAllowed", 0);
        rules.put("URLBlocklist", List.of("*"));
        rules.put("URLAllowlist", List.of(origin.substring("https://".length())));
        rules.put("HomepageLocation", origin + "/login");
        rules.put("RestoreOnStartup", 4);
        rules.put("RestoreOnStartupURLs", List.of(origin + "/login"));
        rules.put("DeveloperToolsAvailability", 2);
        rules.put("PasswordManagerEnabled", 0);
        rules.put("AutofillAddressEnabled", 0);
        rules.put("TranslateEnabled", 0);
        rules.put("SpellcheckEnabled", 0);
        rules.put("PrintingEnabled", 0);
        rules.put("DefaultNotificationsSetting", 2);
        rules.put("MetricsReportingEnabled", 0);
        return rules;
    }

    private String policyJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        rules().forEach((name, value) -> json.put(name, onOff(name, value)));
        return new String(Json.write(json), StandardCharsets.UTF_8) + "\n";
    }

    /** Where the registry has 0 the JSON policy has false, except for kinds that are numbers. */
    private static Object onOff(String name, Object value) {
        boolean number = name.equals("RestoreOnStartup") || !(value instanceof Integer);
        boolean kind = name.endsWith("Setting") || name.endsWith("Availability");
        return number || kind ? value : !value.equals(0);
    }

    private String registry() {
        StringBuilder reg = new StringBuilder("Windows Registry Editor Version 5.00\n");
        for (String browser : List.of(CHROME, EDGE)) {
            String root = "HKEY_LOCAL_MACHINE\\" + browser;
            reg.append("\n[").append(root).append("]\n");
            List<String> lists = new ArrayList<>();
            rules().forEach((name, value) -> one(root, name, value, reg, lists));
            lists.forEach(reg::append);
        }
        return reg.toString();
    }

    private static void one(
            String root, String name, Object value, StringBuilder reg, List<String> lists) {
        switch (value) {
            case List<?> list -> {
                StringBuilder key = new StringBuilder("\n[" + root + "\\" + name + "]\n");
                for (int at = 0; at < list.size(); at++) {
                    key.append("\"%d\"=\"%s\"\n".formatted(at + 1, list.get(at)));
                }
                lists.add(key.toString());
            }
            case Integer number -> reg.append("\"%s\"=dword:%08x\n".formatted(name, number));
            default -> reg.append("\"%s\"=\"%s\"\n".formatted(name, value));
        }
    }

    private String linuxInstall() {
        return """
        #!/bin/sh
        # Run as root on each PC: trusts the authority, sets the browsers' policy, installs the start script.
        set -eu
        here=$(cd "$(dirname "$0")" && pwd)
        install -D -m 644 "$here/../ca.crt" /usr/local/share/ca-certificates/invigil.crt
        update-ca-certificates
        for dir in /etc/chromium/policies/managed /etc/opt/chrome/policies/managed \\
            /etc/opt/edge/policies/managed; do
          install -D -m 644 "$here/invigil.json" "$dir/invigil.json"
        done
        install -D -m 755 "$here/start.sh" /usr/local/bin/invigil-start
        # Chromium on Linux reads authorities from each user's own store:
        for home in /root /home/*; do
          [ -d "$home" ] || continue
          owner=$(stat -c %%U "$home")
          su "$owner" -s /bin/sh -c "mkdir -p '$home/.pki/nssdb' && (certutil -d sql:'$home/.pki/nssdb' -L >/dev/null 2>&1 || certutil -d sql:'$home/.pki/nssdb' -N --empty-password) && certutil -d sql:'$home/.pki/nssdb' -A -t C,, -n invigil -i '$here/../ca.crt'"
        done
        echo "done: start with  invigil-start ROOM SEAT"
        """
                .replace("%%", "%");
    }

    private String linuxStart() {
        return """
        #!/bin/sh
        # invigil-start ROOM SEAT: opens the test in full screen and binds this PC to its seat.
        set -eu
        room=${1:?room}; seat=${2:?seat}
        for browser in chromium chromium-browser google-chrome microsoft-edge; do
          command -v "$browser" >/dev/null 2>&1 && exec "$browser" --kiosk --no-first-run \\
            --disable-session-crashed-bubble "%s/login?room=$room&seat=$seat"
        done
        echo "no browser found" >&2; exit 1
        """
                .formatted(origin);
    }

    private String windowsInstall() {
        return """
        @echo off
        rem Run as administrator on each PC.
        certutil -addstore -f Root "%~dp0..\\ca.crt" || exit /b 1
        reg import "%~dp0invigil.reg" || exit /b 1
        copy /y "%~dp0start.cmd" "%PUBLIC%\\Desktop\\invigil-start.cmd"
        echo done: start with invigil-start.cmd ROOM SEAT
        """;
    }

    private String windowsStart() {
        return """
        @echo off
        rem start.cmd ROOM SEAT: opens the test in full screen and binds this PC to its seat.
        if "%~2"=="" (echo start.cmd ROOM SEAT & exit /b 1)
        start "" msedge --kiosk "ORIGIN/login?room=%~1&seat=%~2" --edge-kiosk-type=fullscreen --no-first-run
        """
                .replace("ORIGIN", origin);
    }

    private String readme() {
        return """
        考场通 机房部署包 / Invigil lab kit
        =====================================
        服务器 / server: %s

        每台电脑三步 / three steps for each PC:
        1. 以管理员身份运行 windows\\install.cmd（Linux：sudo sh linux/install.sh）
           run windows\\install.cmd as administrator (Linux: sudo sh linux/install.sh)
        2. 启动 / start:  start.cmd 考场 座位号   (Linux: invigil-start ROOM SEAT)
        3. 按检查表逐项打勾 / tick the check sheet: 打开无警告 · 座位号正确 · 摄像头 · 键盘输入法

        策略只允许打开本服务器，允许它使用摄像头，关闭打印与开发者工具。
        The policy opens this server only, lets it use the camera, switches printing and developer tools off.
        考试后撤销 / afterwards: 删除策略文件（Linux: …/policies/managed/invigil.json；Windows：HKLM\\SOFTWARE\\Policies 下的 Google\\Chrome 与 Microsoft\\Edge）。
        使用 Safe Exam Browser 时，从技术员页面另行下载本场考试的 .seb 文件。
        """
                .formatted(origin);
    }

    private String sheet(Roster.Room room) {
        StringBuilder html =
                new StringBuilder(
                        """
                        <!doctype html><html lang="zh-CN"><head><meta charset="utf-8">
                        <title>%s</title><style>body{font:14px sans-serif}table{border-collapse:collapse;width:100%%}
                        th,td{border:1px solid #333;height:1.9em;padding:2px 6px;text-align:center}
                        tr{break-inside:avoid}thead{display:table-header-group}</style></head><body>
                        <h1>机房检查表 · %s</h1><p>服务器 %s</p><table><thead><tr><th>座位号</th><th>打开无警告</th>
                        <th>座位号正确</th><th>摄像头</th><th>输入法</th><th>备注</th></tr></thead><tbody>
                        """
                                .formatted(escaped(room.name()), escaped(room.name()), origin));
        for (int seat = 1; seat <= room.seats(); seat++) {
            html.append("<tr><td>")
                    .append(seat)
                    .append("</td>")
                    .append("<td></td>".repeat(5))
                    .append("</tr>\n");
        }
        return html.append("</tbody></table></body></html>\n").toString();
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
    }
}
