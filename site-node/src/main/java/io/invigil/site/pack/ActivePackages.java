package io.invigil.site.pack;

import io.invigil.exam.pack.Roster;
import io.invigil.exam.room.AttemptKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The packages in force, for readers on any thread; replaced as a whole on each activation. */
public final class ActivePackages {
    private volatile View view = new View(Map.of(), Map.of(), Map.of());

    /** One candidate's line in the package that it stands in. */
    public record Listed(ExamPackage exam, Roster.Entry entry) {}

    private record View(
            Map<String, ExamPackage> exams,
            Map<Long, Listed> bySitting,
            Map<String, List<Listed>> byNumber) {}

    public Collection<ExamPackage> all() {
        return view.exams.values();
    }

    public Optional<ExamPackage> exam(String name) {
        return Optional.ofNullable(view.exams.get(name));
    }

    /** The line of a sitting, whichever of its attempts is named. */
    public Optional<Listed> sitting(long number) {
        return Optional.ofNullable(view.bySitting.get(AttemptKey.sittingOf(number)));
    }

    /** Lines with this admission number or ID number, in upper case. */
    public List<Listed> withNumber(String number) {
        return view.byNumber.getOrDefault(number.toUpperCase(java.util.Locale.ROOT), List.of());
    }

    /** Puts a package in force, in place of the earlier one of its exam. */
    public synchronized void put(ExamPackage changed) {
        Map<String, ExamPackage> exams = new HashMap<>(view.exams);
        exams.put(changed.exam(), changed);
        Map<Long, Listed> bySitting = new HashMap<>();
        Map<String, List<Listed>> byNumber = new HashMap<>();
        for (ExamPackage exam : exams.values()) {
            for (Roster.Entry entry : exam.roster().entries()) {
                Listed listed = new Listed(exam, entry);
                bySitting.put(entry.sitting(), listed);
                number(byNumber, entry.admissionNumber(), listed);
                number(byNumber, entry.idNumber(), listed);
            }
        }
        view = new View(Map.copyOf(exams), bySitting, byNumber);
    }

    private static void number(Map<String, List<Listed>> index, String number, Listed listed) {
        if (!number.isBlank()) {
            index.computeIfAbsent(number.toUpperCase(java.util.Locale.ROOT), n -> new ArrayList<>())
                    .add(listed);
        }
    }
}
