package io.invigil.protocol.ledger;

/** On how many devices an acknowledged fact is forced. */
public enum Durability {
    ONE_DEVICE,
    TWO_DEVICES
}
