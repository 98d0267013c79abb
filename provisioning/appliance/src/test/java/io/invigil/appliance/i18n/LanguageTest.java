package io.invigil.appliance.i18n;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Pages begin in the language that the browser asks for (RFC 9110 section 12.5.4). */
class LanguageTest {

    @Test
    void takesTheLanguageWithTheHighestWeight() {
        assertThat(Language.accepted("en-US,en;q=0.9,zh-CN;q=0.8")).contains(Language.EN);
        assertThat(Language.accepted("en;q=0.3, zh-TW;q=0.7")).contains(Language.ZH_CN);
        assertThat(Language.accepted("de-DE,de;q=0.9,en;q=0.5")).contains(Language.EN);
        assertThat(Language.accepted("zh")).contains(Language.ZH_CN);
    }

    @Test
    void takesTheFirstAmongEquals() {
        assertThat(Language.accepted("zh-CN, en")).contains(Language.ZH_CN);
        assertThat(Language.accepted("en, zh-CN")).contains(Language.EN);
    }

    @Test
    void namesNoneWhenTheBrowserNamesNeither() {
        assertThat(Language.accepted("")).isEqualTo(Optional.empty());
        assertThat(Language.accepted("de, fr;q=0.8, *;q=0.1")).isEmpty();
        assertThat(Language.accepted("en;q=0")).isEmpty();
        assertThat(Language.accepted("en;q=nonsense")).isEmpty();
        assertThat(Language.accepted("english")).isEmpty();
        assertThat(Language.accepted(",;,;q=,")).isEmpty();
    }

    @Test
    void readsNoMoreThanTheBeginningOfALongHeader() {
        String others = "de,".repeat(Language.HEADER_CHARS_MAX / 3);
        assertThat(Language.accepted(others.substring(0, Language.HEADER_CHARS_MAX - 10) + ",en"))
                .contains(Language.EN);
        assertThat(Language.accepted(others + ",en")).isEmpty();
    }
}
