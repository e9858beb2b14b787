package org.ogm4j.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.deeplearning4j.nn.conf.BackpropType;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
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
        return Nets.base(new Nesterovs(0.05, 0.9))
                .graphBuilder()
                .addInputs("audio", "visual")
                .addLayer("audio_rnn", new LSTM.Builder().nOut(3).build(), "audio")
                .addLayer("visual_rnn", new LSTM.Builder().nOut(4).build(), "visual")
                .addVertex("concat", new MergeVertex(), "audio_rnn", "visual_rnn")
                .addLayer(
                        "out",
                        new RnnOutputLayer.Builder(LossFunction.MCXENT)
                                .nOut(3)
                                .activation(Activation.SOFTMAX)
                                .build(),
                        "concat")
                .setOutputs("out")
                .setInputTypes(InputType.recurrent(2), InputType.recurrent(3))
                .backpropType(BackpropType.TruncatedBPTT)
                .tBPTTLength(4)
                .build();
    }

    private static MultiDataSet batch(int seed) {
        Random random = new Random(seed);
        INDArray labels = Nd4j.zeros(DataType.DOUBLE, 4, 3, 12);
        for (int i = 0; i < 4; i++) {
            for (int t = 0; t < 12; t++) {
                labels.putScalar(new int[] {i, random.nextInt(3), t}, 1);
            }
        }
        return new MultiDataSet(
                new INDArray[] {Nets.gaussian(random, 4, 2, 12), Nets.gaussian(random, 4, 3, 12)},
                new INDArray[] {labels});
    }
}
