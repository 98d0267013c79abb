package io.invigil.hub.candidate;

/** Gender as the seventeenth digit of the ID number says. */
public enum Gender {
    FEMALE("女"),
    MALE("男");

    private final String chinese;

    Gender(String chinese) {
        this.chinese = chinese;
    }

    public String chinese() {
        return chinese;
    }
}
