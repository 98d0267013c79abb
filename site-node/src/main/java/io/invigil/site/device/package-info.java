/**
 * Cameras of the room on the Webcam Capture interface: a USB device or an MJPEG AVI file through
 * OpenCV, anything else through an {@code ffmpeg} child process when that program is installed. A
 * camera that goes away is a state, and it comes back by itself.
 */
package io.invigil.site.device;
