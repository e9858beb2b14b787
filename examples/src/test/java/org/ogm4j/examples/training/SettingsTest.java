package org.ogm4j.examples.training;

import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.ogm4j.examples.network.Architecture;
import org.ogm4j.study.network.Updater;

class SettingsTest {

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
                                null,
                                Updater.SGD,
                                rate,
                                epochs,
                                modulated,
                                batch,
                                1));
    }
}
