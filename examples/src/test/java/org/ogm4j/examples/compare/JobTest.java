package org.ogm4j.examples.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.ogm4j.examples.data.DataFormat;
import org.ogm4j.examples.network.Architecture;
import org.ogm4j.examples.network.Updater;
import org.ogm4j.examples.training.Method;
import org.ogm4j.examples.training.Rule;
import org.ogm4j.examples.training.Settings;

class JobTest {

    @Test
    void theKeyCanBeRead() {
        String key = Samples.job(Method.OGM_GE, Imbalance.STRONG, 7).key();

        assertTrue(key.matches("ogm-ge-seed7-strong-digits-[0-9a-f]{8}"), key);
    }

    @Test
    void everySettingChangesTheKey() {
        Set<String> keys = new HashSet<>();
        keys.add(Samples.job(Method.OGM, Imbalance.MEDIUM, 1).key());
        keys.add(Samples.job(Method.OGM_GE, Imbalance.MEDIUM, 1).key());
        keys.add(Samples.job(Method.OGM, Imbalance.STRONG, 1).key());
        keys.add(Samples.job(Method.OGM, Imbalance.MEDIUM, 2).key());
        keys.add(key(Method.OGM, 0.8, 0.03, 2, 1, 4, "0123abcd"));
        keys.add(key(Method.OGM, 0.8, 0.02, 3, 1, 4, "0123abcd"));
        keys.add(key(Method.OGM, 0.8, 0.02, 2, 2, 4, "0123abcd"));
        keys.add(key(Method.OGM, 0.8, 0.02, 2, 1, 5, "0123abcd"));
        keys.add(key(Method.OGM, 0.8, 0.02, 2, 1, 4, "fedc9876"));
        keys.add(key(Method.OGM, 0.3, 0.02, 2, 1, 4, "0123abcd"));

        assertEquals(10, keys.size());
    }

    @Test
    void theRuleChangesTheKeyOnlyWhereItIsUsed() {
        for (Method method : Method.values()) {
            String weak = key(method, 0.3, 0.02, 2, 1, 4, "0123abcd");
            String strong = key(method, 0.8, 0.02, 2, 1, 4, "0123abcd");
            switch (method) {
                case OGM, OGM_GE, OGM_GE_STD, OGM_GE_MOMENTS, NAIVE, ADAM_OGM, ADAM_OGM_GE ->
                        assertNotEquals(weak, strong);
                default -> assertEquals(weak, strong);
            }
        }
    }

    @Test
    void theStrengthChangesTheKeyOnlyWhereThereIsOne() {
        for (Method method : Method.values()) {
            Job job = Samples.job(method, Imbalance.MEDIUM, 1);
            String strong = job.with(0.02, 0.7).key();
            assertEquals(!method.hasStrength(), job.with(0.02, Double.NaN).key().equals(strong));
        }
    }

    private static String key(
            Method method,
            double alpha,
            double learningRate,
            int epochs,
            int modulated,
            int batch,
            String data) {
        Settings settings =
                new Settings(
                        Architecture.DEFAULT,
                        Rule.CVPR2022.withAlpha(alpha),
                        Updater.NESTEROVS,
                        learningRate,
                        epochs,
                        modulated,
                        batch,
                        1);
        return new Job(method, Imbalance.MEDIUM, settings, DataFormat.DIGITS, data).key();
    }
}
