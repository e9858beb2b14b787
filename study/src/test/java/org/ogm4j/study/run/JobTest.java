package org.ogm4j.study.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.ogm4j.ModulatedOptimizer;
import org.ogm4j.study.Method;
import org.ogm4j.study.Nets;
import org.ogm4j.study.Point;
import org.ogm4j.study.Rival;
import org.ogm4j.study.StudyData;

class JobTest {

    private static final StudyData DATA = StudyData.crossValidated(Nets.examples(9, 2, 1), 3, 3);
    private static final Source SOURCE =
            new Source("my data/1", seed -> Nets.concat(seed, "sound", "image"), DATA);

    @Test
    void theKeyCanBeReadAndIsAFilesName() {
        String key = job(SOURCE, ogm(0.8), Point.OWN, 7, 2, 3).key();

        assertTrue(key.matches("ogm-ge_-seed7-fold2-my_data_1-[0-9a-f]{12}"), key);
    }

    @Test
    void everythingThatDecidesChangesTheKey() {
        Rival ogm = ogm(0.8);
        StudyData others = StudyData.crossValidated(Nets.examples(9, 2, 2), 3, 3);
        Set<String> keys = new HashSet<>();
        keys.add(job(SOURCE, ogm, Point.OWN, 1, 0, 2).key());
        keys.add(job(SOURCE, ogm(0.3), Point.OWN, 1, 0, 2).key());
        keys.add(job(SOURCE, ogm.method().named("ogm/ge!"), Point.OWN, 1, 0, 2).key());
        keys.add(job(SOURCE, ogm, new Point(0.01, Double.NaN), 1, 0, 2).key());
        keys.add(job(SOURCE, ogm, new Point(Double.NaN, 0.7), 1, 0, 2).key());
        keys.add(job(SOURCE, ogm, Point.OWN, 2, 0, 2).key());
        keys.add(job(SOURCE, ogm, Point.OWN, 1, 1, 2).key());
        keys.add(job(SOURCE, ogm, Point.OWN, 1, 0, 3).key());
        keys.add(
                job(new Source("my data/1", SOURCE::network, others), ogm, Point.OWN, 1, 0, 2)
                        .key());
        keys.add(
                job(new Source("my data:1", SOURCE::network, DATA), ogm, Point.OWN, 1, 0, 2).key());
        keys.add(
                job(
                                new Source("my data/1", s -> Nets.concat(s, "sound", "text"), DATA),
                                ogm,
                                Point.OWN,
                                1,
                                0,
                                2)
                        .key());
        Map<String, List<String>> swapped = Map.of("a", List.of("image"), "b", List.of("sound"));
        keys.add(new Job(SOURCE, swapped, ogm, Point.OWN, 1, 0, 2).key());

        assertEquals(12, keys.size());
    }

    @Test
    void anEqualJobHasTheSameKey() {
        Source again =
                new Source(
                        "my data/1",
                        seed -> Nets.concat(seed, "sound", "image"),
                        StudyData.crossValidated(Nets.examples(9, 2, 1), 3, 3));

        assertEquals(
                job(SOURCE, ogm(0.8), Point.OWN, 1, 0, 2).key(),
                job(again, ogm(0.8), Point.OWN, 1, 0, 2).key());
        assertNotEquals(
                job(SOURCE, ogm(0.8), Point.OWN, 1, 0, 2).key(),
                job(again, ogm(0.7), Point.OWN, 1, 0, 2).key());
    }

    private static Rival ogm(double alpha) {
        return Method.modulated(alpha, a -> ModulatedOptimizer.builder().alpha(a)).named("ogm-ge!");
    }

    private static Job job(
            Source source, Rival rival, Point point, long seed, int fold, int epochs) {
        return new Job(source, Map.of(), rival, point, seed, fold, epochs);
    }
}
