package io.invigil.site.doctor;

import io.invigil.appliance.selftest.Health.Light;

/**
 * Everything that a check can say; the name begins with its check's and is the stable code. Texts:
 * {@code doctor.measured.NAME}, {@code doctor.means.NAME} and, unless all is well, {@code
 * doctor.do.NAME}.
 */
public enum Symptom {
    CLOCK_LEVEL(Light.OK),
    CLOCK_OFF(Light.WARNING),
    CLOCK_WRONG(Light.FAILED),
    CLOCK_STEPPED(Light.WARNING),
    /** Nobody to compare with since the machine started. */
    CLOCK_UNCOMPARED(Light.WARNING),

    WRITES_QUICK(Light.OK),
    WRITES_SLOW(Light.WARNING),
    WRITES_TOO_SLOW(Light.FAILED),
    WRITES_REFUSED(Light.FAILED),
    /** The ledger takes no facts any more. */
    WRITES_HALTED(Light.FAILED),

    SPACE_AMPLE(Light.OK),
    SPACE_LOW(Light.WARNING),
    SPACE_SCARCE(Light.WARNING),
    SPACE_ANSWERS_ONLY(Light.FAILED),
    SPACE_NO_FILES(Light.FAILED),

    SECOND_DEVICE_SEPARATE(Light.OK),
    SECOND_DEVICE_SAME_DISK(Light.WARNING),
    SECOND_DEVICE_NONE(Light.WARNING),
    /** Configured, but at the moment nothing is written there. */
    SECOND_DEVICE_OUT(Light.FAILED),

    MEMORY_ENOUGH(Light.OK),
    MEMORY_SMALL(Light.WARNING),
    MEMORY_SHORT(Light.WARNING),
    MEMORY_OUT(Light.FAILED),

    DATABASE_SOUND(Light.OK),
    DATABASE_LAGS(Light.WARNING),
    DATABASE_AWAY(Light.WARNING),
    DATABASE_DAMAGED(Light.FAILED),

    LAN_READY(Light.OK),
    LAN_NOT_IN_CERTIFICATE(Light.WARNING),
    LAN_NONE(Light.FAILED),

    HUB_REACHED(Light.OK),
    HUB_AWAY(Light.WARNING),
    /** Somebody answers there, but not as the centre would. */
    HUB_STRANGE(Light.FAILED),

    BROKER_REACHED(Light.OK),
    BROKER_AWAY(Light.WARNING),
    BROKER_STRANGE(Light.FAILED),

    CERTIFICATES_VALID(Light.OK),
    CERTIFICATES_ENDING(Light.WARNING),
    CERTIFICATES_ENDED(Light.FAILED),

    PACKAGES_SOUND(Light.OK),
    PACKAGES_NONE(Light.WARNING),
    PACKAGES_STALE(Light.WARNING),
    PACKAGES_DAMAGED(Light.FAILED),
    PACKAGES_UNREADABLE(Light.FAILED),

    MODELS_READY(Light.OK),
    MODELS_NOT_NEEDED(Light.OK),
    MODELS_WANTED(Light.WARNING),
    MODELS_DAMAGED(Light.FAILED),

    CAMERAS_SEE(Light.OK),
    CAMERAS_NONE(Light.WARNING),
    CAMERAS_BLIND(Light.FAILED),

    BACKLOG_CLEAR(Light.OK),
    BACKLOG_WAITS(Light.WARNING),
    BACKLOG_UNKNOWN(Light.WARNING),
    /** The way to the centre raised an alarm that a person must look at. */
    BACKLOG_ALARM(Light.FAILED),

    /** A check broke off: what it found is worth nothing. */
    CHECK_BROKE_OFF(Light.FAILED);

    private final Light light;

    Symptom(Light light) {
        this.light = light;
    }

    public Light light() {
        return light;
    }
}
