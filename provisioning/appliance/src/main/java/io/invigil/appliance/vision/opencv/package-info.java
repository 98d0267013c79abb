/**
 * The OpenCV side of the vision port: the native library, unpacked once into the data directory and
 * loaded by path, and the engine over YuNet and a recogniser. Every {@code Mat} is released.
 */
package io.invigil.appliance.vision.opencv;
