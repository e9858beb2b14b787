package org.ogm4j.examples.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.ogm4j.examples.training.TestBatches;

class LinearProbeTest {

    @Test
    void findsWhatIsLinearInTheFeatures() {
        assertEquals(1, LinearProbe.accuracy(separable(60, 1), separable(200, 2)), 0.02);
    }

    /** Three classes and labels that have nothing to do with the features: chance is 1/3. */
    @Test
    void findsNothingWhereThereIsNothing() {
        double accuracy = LinearProbe.accuracy(noise(300, 3), noise(3000, 4));

        // standard deviation of the accuracy 0.009; beyond 4 of them once in 16,000 seeds
        assertEquals(1.0 / 3, accuracy, 0.036);
    }

    @Test
    void probesBothEncodersAndNothingElse() {
        ComputationGraph plain =
                new ComputationGraph(
                        AudioVisualNet.configuration(
                                new Architecture(Encoder.CNN, Fusion.CROSS_ATTENTION),
                                Updater.SGD,
                                0.1,
                                1));
        plain.init();
        INDArray before = plain.params().dup();

        PerModality tokens =
                LinearProbe.accuracy(plain, TestBatches.random(40, 1), TestBatches.random(40, 1));

        assertEquals(before, plain.params());
        assertTrue(
                tokens.audio() > 0.5 && tokens.visual() > 0.5, "40 examples by heart: " + tokens);
        ComputationGraph alone =
                Unimodal.alone(Modality.VISUAL, plain, Architecture.DEFAULT, Updater.SGD, 0.1, 1);
        PerModality one =
                LinearProbe.accuracy(alone, TestBatches.random(40, 1), TestBatches.random(40, 1));
        assertEquals(Double.NaN, one.audio());
        assertEquals(tokens.visual(), one.visual(), "the encoder has the same weights");
    }

    /** Class c is where feature c is the largest by far; scales and offsets differ. */
    private static DataSet separable(int count, long seed) {
        DataSet noise = noise(count, seed);
        INDArray features = noise.getFeatures().mul(0.3).add(noise.getLabels().mul(3));
        features.muliRowVector(Nd4j.createFromArray(1.0, 100, 0.01)).addi(7);
        return new DataSet(features, noise.getLabels());
    }

    private static DataSet noise(int count, long seed) {
        Nd4j.getRandom().setSeed(seed);
        INDArray labels = Nd4j.zeros(DataType.DOUBLE, count, 3);
        for (int i = 0; i < count; i++) {
            labels.putScalar(i, i % 3, 1);
        }
        return new DataSet(Nd4j.randn(DataType.DOUBLE, count, 3), labels);
    }
}
