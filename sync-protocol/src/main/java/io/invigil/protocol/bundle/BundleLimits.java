package io.invigil.protocol.bundle;

/**
 * How large a bundle may be on a carrier.
 *
 * @param bytesMax the whole bundle on the wire
 * @param recordsMax records in it
 * @param inflatedBytesMax body after inflating
 */
public record BundleLimits(int bytesMax, int recordsMax, int inflatedBytesMax) {
    public static final BundleLimits MQTT = new BundleLimits(60 * 1024, 512, 1024 * 1024);
    public static final BundleLimits USB =
            new BundleLimits(8 * 1024 * 1024, 65_536, 32 * 1024 * 1024);
}
