package io.invigil.hub.candidate;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class IdNumberTest {

    private static String fault(String text) {
        return switch (IdNumber.read(text)) {
            case IdNumber.Reading.Valid valid -> valid.number().value();
            case IdNumber.Reading.Invalid invalid -> invalid.fault().name();
        };
    }

    @Test
    void readsWhatPeopleType() {
        String sound = MadeUpPeople.idNumber(7);
        assertThat(fault(sound)).isEqualTo(sound);
        assertThat(fault(" " + sound.substring(0, 6) + " " + sound.substring(6))).isEqualTo(sound);
        assertThat(fault("１" + "1010519491231002x")).isEqualTo("11010519491231002X");
    }

    @Test
    void namesWhatIsWrong() {
        assertThat(fault("11010519491231002")).isEqualTo("ID_LENGTH");
        assertThat(fault("1101051949123100AX")).isEqualTo("ID_CHARACTERS");
        assertThat(fault("11010519490230002X")).isEqualTo("ID_BIRTH_DATE");
        assertThat(fault("110105194912310021")).isEqualTo("ID_CHECK_DIGIT");
    }

    @Test
    void findsEverySingleWrongDigit() {
        String sound = MadeUpPeople.idNumber(123);
        for (int at = 0; at < 17; at++) {
            for (char digit = '0'; digit <= '9'; digit++) {
                if (digit != sound.charAt(at)) {
                    String wrong = sound.substring(0, at) + digit + sound.substring(at + 1);
                    assertThat(IdNumber.read(wrong)).isInstanceOf(IdNumber.Reading.Invalid.class);
                }
            }
        }
    }

    @Test
    void masksTheMiddle() {
        assertThat(IdNumber.masked("370123200401016532")).isEqualTo("370*****6532");
        assertThat(IdNumber.masked("37")).isEqualTo("*****");
    }
}
