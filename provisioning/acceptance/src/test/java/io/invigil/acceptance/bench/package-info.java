/**
 * Figures of speed and size, as ratios that two targets give in one run on one machine. Everything
 * is written to {@code target/bench.json}. Run with {@code mvn -P bench verify}.
 */
package io.invigil.acceptance.bench;
