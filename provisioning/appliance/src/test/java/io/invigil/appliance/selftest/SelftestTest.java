package io.invigil.appliance.selftest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SelftestTest {
    @Test
    void showsTheWorstLightAndTakesAThrowingCheckAsFailed() {
        Health health = new Health();
        health.add("disk", () -> Health.Finding.ok("80 %"));
        assertThat(Health.worst(health.ask())).isEqualTo(Health.Light.OK);
        health.add("clock", () -> Health.Finding.warning("3 s"));
        assertThat(Health.worst(health.ask())).isEqualTo(Health.Light.WARNING);
        health.add(
                "ledger",
                () -> {
                    throw new IllegalStateException("gone");
                });
        assertThat(Health.worst(health.ask())).isEqualTo(Health.Light.FAILED);
    }

    @Test
    void countsAndMeasuresInThePrometheusFormat() {
        Metrics metrics = new Metrics();
        metrics.counter("invigil_facts_total{lane=\"res\"}").add(3);
        metrics.gauge("invigil_lag_seconds", () -> 1.5);
        assertThat(metrics.text())
                .isEqualTo("invigil_facts_total{lane=\"res\"} 3\ninvigil_lag_seconds 1.5\n");
        assertThatThrownBy(() -> metrics.counter("No Name"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesMoreSeriesThanTheMost() {
        Metrics metrics = new Metrics();
        for (int i = 0; i < Metrics.SERIES_MAX; i++) {
            metrics.counter("c" + i);
        }
        assertThat(metrics.counter("c0")).isNotNull();
        assertThatThrownBy(() -> metrics.counter("one_more"))
                .isInstanceOf(IllegalStateException.class);
    }
}
