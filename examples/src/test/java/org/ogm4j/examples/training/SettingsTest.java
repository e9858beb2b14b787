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
        assertThrows(
                IllegalArgumentException.class,
                () -> new Settings(Architecture.DEFAULT, RULE, Updater.SGD, 0, 1, 1, 32, 1));
        assertThrows(
                IllegalArgumentException.class,
                () ->
                        new Settings(
                                Architecture.DEFAULT, RULE, Updater.SGD, Double.NaN, 1, 1, 32, 1));
        assertThrows(
                IllegalArgumentException.class,
                () -> new Settings(Architecture.DEFAULT, RULE, Updater.SGD, 0.1, 0, 1, 32, 1));
        assertThrows(
                IllegalArgumentException.class,
                () -> new Settings(Architecture.DEFAULT, RULE, Updater.SGD, 0.1, 1, 1, 1, 1));
        assertThrows(
                IllegalArgumentException.class,
                () -> new Settings(Architecture.DEFAULT, RULE, Updater.SGD, 0.1, 4, 0, 32, 1));
        assertThrows(
                IllegalArgumentException.class,
                () -> new Settings(Architecture.DEFAULT, RULE, Updater.SGD, 0.1, 4, 5, 32, 1));
    }

    @Test
    void eachRuleIsTheLibrarys() {
        assertEquals(1 - Math.tanh(0.8 * 2), RULE.coefficient(2), 1e-12);
        assertEquals(1 - 0.8 * Math.tanh(1), Rule.TPAMI2024.withAlpha(0.8).coefficient(2), 1e-12);
    }
}
