package org.ogm4j.examples.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.ogm4j.CoefficientRule;
import org.ogm4j.examples.network.Architecture;
import org.ogm4j.study.network.Updater;

class SettingsTest {

    private static final CoefficientRule RULE = Rule.CVPR2022.withAlpha(0.8);

    @Test
    void refusesNumbersOutOfRange() {
        refuses(0, 1, 1, 32);
        refuses(Double.NaN, 1, 1, 32);
        refuses(0.1, 0, 1, 32);
        refuses(0.1, 1, 1, 1);
        refuses(0.1, 4, 0, 32);
        refuses(0.1, 4, 5, 32);
    }

    private static void refuses(double rate, int epochs, int modulated, int batch) {
        assertThrows(
                IllegalArgumentException.class,
                () ->
                        new Settings(
                                Architecture.DEFAULT,
                                RULE,
                                Double.NaN,
                                Updater.SGD,
                                rate,
                                epochs,
                                modulated,
                                batch,
                                1));
    }

    @Test
    void eachRuleIsTheLibrarys() {
        assertEquals(1 - Math.tanh(0.8 * 2), RULE.coefficient(2), 1e-12);
        assertEquals(1 - 0.8 * Math.tanh(1), Rule.TPAMI2024.withAlpha(0.8).coefficient(2), 1e-12);
    }
}
