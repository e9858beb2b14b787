package org.ogm4j.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.conf.BackpropType;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.ogm4j.ModulatedOptimizer;
import org.ogm4j.Modulation;
import org.ogm4j.ModulationListener;
import org.ogm4j.testing.Compare;
import org.ogm4j.testing.Nets;

/**
 * Truncated backpropagation through time calls backward once per segment; each is a step of its
 * own.
 */
class TruncatedBackpropTest {

    @Test
    void everySegmentIsModulatedAndOffIsOff() {
        List<Modulation> seen = new ArrayList<>();
        ComputationGraph on = Nets.init(ModulatedOptimizer.builder().build().modulate(network()));
        on.addListeners(new ModulationListener(seen::add));
        ComputationGraph off =
                Nets.init(ModulatedOptimizer.builder().epochs(1, 1).build().modulate(network()));
        ComputationGraph plain = Nets.init(network());
        for (int step = 0; step < 2; step++) {
            on.fit(batch(step));
            off.fit(batch(step));
            plain.fit(batch(step));
        }
        assertEquals(List.of(0, 1, 2, 3, 4, 5), seen.stream().map(Modulation::iteration).toList());
        Compare.same(plain.params(), off.params(), "parameters");
        assertTrue(Compare.differ(plain.params(), on.params()));
    }

    private static ComputationGraphConfiguration network() {
        return Nets.recurrent(new Nesterovs(0.05, 0.9))
                .backpropType(BackpropType.TruncatedBPTT)
                .tBPTTLength(4)
                .build();
    }

    private static MultiDataSet batch(int seed) {
        return Nets.sequences(4, 12, seed);
    }
}
