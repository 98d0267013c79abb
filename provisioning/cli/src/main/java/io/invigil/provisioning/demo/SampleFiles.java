package io.invigil.provisioning.demo;

import io.invigil.hub.candidate.CandidateImport;
import io.invigil.hub.candidate.CandidateSheets;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** The files that a clerk would upload: the filled template and the photos. Seeded. */
final class SampleFiles {
    private final Path directory;
    private final long seed;

    static final int PHOTOS_MAX = 2_000;

    SampleFiles(Path directory, long seed) {
        this.directory = directory;
        this.seed = seed;
    }

    private List<SamplePerson> people(int count) {
        return SamplePerson.many(count, new Random(seed));
    }

    /** The template with a row for each person. */
    Path candidates(int count) throws IOException {
        List<List<String>> rows =
                people(count).stream()
                        .map(
                                person ->
                                        List.of(
                                                person.name(),
                                                person.pinyin(),
                                                person.idNumber(),
                                                person.mobile(),
                                                person.major(),
                                                "高职",
                                                "2024",
                                                "院校考生"))
                        .toList();
        Path file = directory.resolve("考生信息.xlsx");
        try (OutputStream out = Files.newOutputStream(file)) {
            new CandidateSheets().template(out, CandidateImport.Mode.ADD, rows, List.of("演示数据"));
        }
        return file;
    }

    /** Zips of portraits named by ID number, as many as one upload may hold in each. */
    List<Path> photos(int count) throws IOException {
        Random random = new Random(seed + 1);
        List<SamplePerson> people = people(count);
        List<Path> files = new ArrayList<>();
        for (int from = 0; from < count; from += PHOTOS_MAX) {
            Path file = directory.resolve("考生照片-" + (files.size() + 1) + ".zip");
            try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
                for (SamplePerson person :
                        people.subList(from, Math.min(count, from + PHOTOS_MAX))) {
                    zip.putNextEntry(new ZipEntry(person.idNumber() + ".jpg"));
                    zip.write(SamplePhoto.jpeg(random));
                    zip.closeEntry();
                }
            }
            files.add(file);
        }
        return files;
    }
}
