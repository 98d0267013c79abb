package io.invigil.appliance.vision.opencv;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Which native library fits which machine; without one the product goes on by eye. */
class OpenCvLibraryTest {
    @Test
    void namesTheLibraryOfEachSupportedMachine() {
        assertThat(OpenCvLibrary.resource("Linux", "amd64").orElseThrow())
                .endsWith("linux/x86_64/libopencv_java490.so");
        assertThat(OpenCvLibrary.resource("Linux", "aarch64").orElseThrow())
                .endsWith("linux/ARMv8/libopencv_java490.so");
        assertThat(OpenCvLibrary.resource("Windows Server 2022", "amd64").orElseThrow())
                .endsWith("windows/x86_64/opencv_java490.dll");
        assertThat(OpenCvLibrary.resource("Mac OS X", "aarch64").orElseThrow())
                .endsWith("osx/ARMv8/libopencv_java490.dylib");
    }

    @Test
    void knowsNoLibraryForOtherMachines() {
        assertThat(OpenCvLibrary.resource("Linux", "riscv64")).isEmpty();
        assertThat(OpenCvLibrary.resource("SunOS", "sparcv9")).isEmpty();
    }

    @Test
    void everyNamedLibraryIsInTheInstallation() {
        for (String system : new String[] {"Linux", "Windows 11", "Mac OS X"}) {
            assertThat(
                            OpenCvLibrary.class.getResource(
                                    OpenCvLibrary.resource(system, "amd64").orElseThrow()))
                    .isNotNull();
        }
    }
}
