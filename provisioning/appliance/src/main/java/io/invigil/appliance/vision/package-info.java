/**
 * Faces in words of the exam: what a picture shows, what to tell the person in front of the camera,
 * how sure a comparison is, and a head turn as proof of life. No native code here: hub and node see
 * the port {@link io.invigil.appliance.vision.FaceReader}, and everything works without it, by eye
 * (domain, section 10).
 */
package io.invigil.appliance.vision;
