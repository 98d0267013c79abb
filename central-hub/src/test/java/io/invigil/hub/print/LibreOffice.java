package io.invigil.hub.print;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The installed LibreOffice, without a window. */
public final class LibreOffice {
    private static final long PATIENCE_SECONDS = 120;
    private static final List<Path> PLACES =
            List.of(Path.of("/usr/bin/soffice"), Path.of("/usr/local/bin/soffice"));

    private LibreOffice() {}

    public static boolean isInstalled() {
        return PLACES.stream().anyMatch(Files::isExecutable);
    }

    /** The first sheet of a workbook as LibreOffice reads it, comma separated. */
    public static String csv(Path workbook, Path directory) throws IOException {
        String soffice =
                PLACES.stream().filter(Files::isExecutable).findFirst().orElseThrow().toString();
        List<String> command = new ArrayList<>(List.of(soffice));
        command.add("-env:UserInstallation=" + directory.resolve("office-profile").toUri());
        command.addAll(List.of("--headless", "--convert-to"));
        command.add("csv:Text - txt - csv (StarCalc):44,34,76");
        command.addAll(List.of("--outdir", directory.toString(), workbook.toString()));
        Process process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(directory.resolve("office.log").toFile())
                        .start();
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IOException("LibreOffice did not end");
            }
        } catch (InterruptedException stopped) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", stopped);
        }
        String name = workbook.getFileName().toString().replaceAll("\\.xlsx$", ".csv");
        return Files.readString(directory.resolve(name), StandardCharsets.UTF_8);
    }
}
