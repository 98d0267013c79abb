package io.invigil.hub.candidate;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Invented candidates: their ID numbers have a sound check digit and a region that does not exist.
 */
public final class MadeUpPeople {
    private static final String[] FAMILY = {"王", "李", "张", "刘", "𠮷", "䶮"};
    private static final String[] GIVEN = {"小一", "小二", "小三", "㛃", "晓四", "文五"};

    private MadeUpPeople() {}

    /** A sound ID number for each number from 0. */
    public static String idNumber(int at) {
        String seventeen =
                "990101"
                        + "2004"
                        + "%02d%02d".formatted(1 + at / 1000 % 12, 1 + at / 12000 % 28)
                        + "%03d".formatted(at % 1000);
        return seventeen + IdNumber.checkCharacter(seventeen);
    }

    /** Rows in the order of the template for adding. */
    public static List<List<String>> rows(int first, int count) {
        Random random = new Random(first);
        List<List<String>> rows = new ArrayList<>();
        for (int at = first; at < first + count; at++) {
            rows.add(
                    List.of(
                            FAMILY[random.nextInt(FAMILY.length)]
                                    + GIVEN[random.nextInt(GIVEN.length)],
                            "Wang Xiao",
                            idNumber(at),
                            "138%08d".formatted(at),
                            "电子商务",
                            "高职",
                            "2025",
                            "院校考生",
                            ""));
        }
        return rows;
    }
}
