package io.invigil.protocol.ledger.device;

/** Which of the ledger's two devices: A is the system disk, B a second disk, card or stick. */
public enum DeviceRole {
    A,
    B;

    public DeviceRole other() {
        return this == A ? B : A;
    }
}
