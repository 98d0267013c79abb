package io.invigil.provisioning.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;

/**
 * A made-up candidate. Names are combined from lists, region code 990000 belongs to no place and
 * mobiles use a block that is not given out, so that nobody real is meant.
 *
 * @param idNumber 18 characters with a correct check digit (GB 11643)
 */
public record SamplePerson(
        String name, String pinyin, String idNumber, String gender, String mobile, String major) {
    static final int PEOPLE_MAX = 5_000;

    private static final int[] WEIGHTS = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
    private static final String CHECK_DIGITS = "10X98765432";
    private static final String[][] FAMILY = {
        {"王", "Wang"}, {"李", "Li"}, {"张", "Zhang"}, {"刘", "Liu"}, {"陈", "Chen"},
        {"杨", "Yang"}, {"黄", "Huang"}, {"赵", "Zhao"}, {"周", "Zhou"}, {"吴", "Wu"},
        {"徐", "Xu"}, {"孙", "Sun"}, {"欧阳", "Ouyang"}, {"司徒", "Situ"}
    };
    private static final String[][] GIVEN = {
        {"子涵", "Zihan"}, {"雨桐", "Yutong"}, {"浩然", "Haoran"}, {"思远", "Siyuan"},
        {"佳怡", "Jiayi"}, {"明轩", "Mingxuan"}, {"诗涵", "Shihan"}, {"俊杰", "Junjie"},
        {"晓", "Xiao"}, {"梦琪", "Mengqi"}, {"宇航", "Yuhang"}, {"若曦", "Ruoxi"},
        {"天佑", "Tianyou"}, {"静", "Jing"}, {"㛃", "Jie"}, {"䶮", "Yan"}
    };
    private static final String[] MAJORS = {"软件技术", "计算机网络技术", "大数据技术"};

    /** Makes {@code count} different people; the same random source gives the same people. */
    public static List<SamplePerson> many(int count, RandomGenerator random) {
        if (count < 1 || count > PEOPLE_MAX) {
            throw new IllegalArgumentException("1 to " + PEOPLE_MAX + " sample people");
        }
        List<SamplePerson> people = new ArrayList<>(count);
        for (int number = 1; number <= count; number++) {
            String[] family = FAMILY[random.nextInt(FAMILY.length)];
            String[] given = GIVEN[random.nextInt(GIVEN.length)];
            String id = idNumber(number, random);
            people.add(
                    new SamplePerson(
                            family[0] + given[0],
                            family[1] + " " + given[1],
                            id,
                            (id.charAt(16) - '0') % 2 == 1 ? "男" : "女",
                            String.format(Locale.ROOT, "1990000%04d", number),
                            MAJORS[random.nextInt(MAJORS.length)]));
        }
        return List.copyOf(people);
    }

    private static String idNumber(int number, RandomGenerator random) {
        String birth =
                String.format(
                        Locale.ROOT,
                        "%04d%02d%02d",
                        2003 + random.nextInt(4),
                        1 + random.nextInt(12),
                        1 + random.nextInt(28));
        // the serial number has three digits: people past 999 differ by region code
        String body =
                String.format(Locale.ROOT, "9900%02d", number / 1000)
                        + birth
                        + String.format(Locale.ROOT, "%03d", number % 1000);
        int sum = 0;
        for (int i = 0; i < WEIGHTS.length; i++) {
            sum += (body.charAt(i) - '0') * WEIGHTS[i];
        }
        return body + CHECK_DIGITS.charAt(sum % 11);
    }
}
