/** Figures of benchmarks and the file they are written to. */
package io.invigil.testkit.bench;
