package org.ogm4j.study.store;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;

class EnvironmentTest {

    @Test
    void knowsTheVersionsOfWhatItRunsOn() {
        Map<String, String> all = Environment.present();

        assertTrue(all.get("nd4j").matches("\\d+\\.\\d+\\.\\d+.*"), all.toString());
        assertTrue(all.get("dl4j").matches("\\d+\\.\\d+\\.\\d+.*"), all.toString());
    }
}
