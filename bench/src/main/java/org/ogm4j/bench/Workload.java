package org.ogm4j.bench;

import java.util.Random;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.ogm4j.examples.data.Picture;
import org.ogm4j.examples.network.AudioVisualNet;
import org.ogm4j.examples.network.Encoder;
import org.ogm4j.examples.network.Fusion;
import org.ogm4j.examples.network.ResNet18;
import org.ogm4j.examples.network.Updater;
import org.ogm4j.examples.signal.Examples;
import org.ogm4j.examples.signal.SignalPath;
import org.ogm4j.study.data.sound.Spectrogram;

/** Networks to time, with a batch of random numbers of the right shape. */
public enum Workload {
    /** The network of the example, batch 64. */
    EXAMPLE(4) {
        @Override
        ComputationGraphConfiguration network() {
            return example(Encoder.CNN, Fusion.CONCAT);
        }

        @Override
        MultiDataSet batch() {
            return batch(
                    64,
                    Examples.CLASSES,
                    new long[] {1, Spectrogram.SPEECH.bins(), SignalPath.FRAMES},
                    new long[] {1, Picture.SIZE, Picture.SIZE});
        }
    },
    /** The example's encoders with FiLM behind them, batch 64. */
    FILM(4) {
        @Override
        ComputationGraphConfiguration network() {
            return example(Encoder.CNN, Fusion.FILM);
        }

        @Override
        MultiDataSet batch() {
            return EXAMPLE.batch();
        }
    },
    /** The example's audio-visual transformer, most of which is shared, batch 64. */
    TRANSFORMER(2) {
        @Override
        ComputationGraphConfiguration network() {
            return example(Encoder.TRANSFORMER, Fusion.SELF_ATTENTION);
        }

        @Override
        MultiDataSet batch() {
            return EXAMPLE.batch();
        }
    },
    /** Two ResNet-18 encoders at the published input sizes, batch 4. */
    RESNET18(1) {
        @Override
        ComputationGraphConfiguration network() {
            return ResNet18.pair(6, 1);
        }

        @Override
        MultiDataSet batch() {
            return batch(4, 6, new long[] {1, 257, 188}, new long[] {3, 224, 224});
        }
    };

    private final int stepsPerTiming;

    Workload(int stepsPerTiming) {
        this.stepsPerTiming = stepsPerTiming;
    }

    abstract ComputationGraphConfiguration network();

    abstract MultiDataSet batch();

    int stepsPerTiming() {
        return stepsPerTiming;
    }

    private static ComputationGraphConfiguration example(Encoder encoder, Fusion fusion) {
        return AudioVisualNet.configuration(encoder, fusion, Updater.NESTEROVS, 0.01, 1);
    }

    static MultiDataSet batch(int examples, int classes, long[] audio, long[] visual) {
        Random random = new Random(7);
        INDArray labels = Nd4j.zeros(DataType.FLOAT, examples, classes);
        for (int i = 0; i < examples; i++) {
            labels.putScalar(i, random.nextInt(classes), 1);
        }
        return new MultiDataSet(
                new INDArray[] {gaussian(examples, audio), gaussian(examples, visual)},
                new INDArray[] {labels});
    }

    private static INDArray gaussian(int examples, long[] shape) {
        return Nd4j.randn(DataType.FLOAT, examples, shape[0], shape[1], shape[2]);
    }
}
