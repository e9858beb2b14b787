package org.ogm4j.bench;

import java.util.List;
import java.util.Random;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.recurrent.LastTimeStep;
import org.nd4j.common.util.ArrayUtil;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.ogm4j.examples.data.Picture;
import org.ogm4j.examples.network.AudioVisualNet;
import org.ogm4j.examples.network.Encoder;
import org.ogm4j.examples.network.Modality;
import org.ogm4j.examples.signal.Examples;
import org.ogm4j.examples.signal.SignalPath;
import org.ogm4j.study.data.sound.Spectrogram;
import org.ogm4j.study.network.Answer;
import org.ogm4j.study.network.Branch;
import org.ogm4j.study.network.EncoderKind;
import org.ogm4j.study.network.EncoderSize;
import org.ogm4j.study.network.Fusion;
import org.ogm4j.study.network.MultimodalNetwork;
import org.ogm4j.study.network.ResNet18;
import org.ogm4j.study.network.Training;
import org.ogm4j.study.network.Updater;

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
    /** Spoken letters and lips, as in {@code studies/evidence/letters.json}, batch 32. */
    LETTERS(8) {
        @Override
        ComputationGraphConfiguration network() {
            List<Integer> dense = List.of(WIDTH);
            return MultimodalNetwork.configuration(
                    List.of(
                            new Branch(
                                    "audio",
                                    InputType.convolutional(40, 41, 1),
                                    false,
                                    new EncoderSize(EncoderKind.CNN, dense, 4)),
                            new Branch(
                                    "lips",
                                    InputType.convolutional(10, 16, 11),
                                    false,
                                    new EncoderSize(EncoderKind.CNN, dense, 2))),
                    Fusion.CONCAT,
                    Answer.classes(LETTERS_SPOKEN),
                    new Training(Updater.NESTEROVS, 0.05),
                    1);
        }

        @Override
        MultiDataSet batch() {
            return batch(
                    SMALL_BATCH, LETTERS_SPOKEN, new long[] {1, 40, 41}, new long[] {11, 10, 16});
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
    },
    /** Two dense encoders of two layers of 64, batch 32: what a small network pays. */
    DENSE(100) {
        @Override
        ComputationGraphConfiguration network() {
            GraphBuilder builder = inputs(InputType.feedForward(40), InputType.feedForward(60));
            for (Modality modality : Modality.values()) {
                builder.addLayer(modality + "-1", dense(), modality.input())
                        .addLayer(modality + "-2", dense(), modality + "-1");
            }
            return classifier(builder, "AUDIO-2", "VISUAL-2");
        }

        @Override
        MultiDataSet batch() {
            return batch(SMALL_BATCH, CLASSES, new long[] {40}, new long[] {60});
        }
    },
    /** An LSTM of 64 for each modality, 50 steps of 20 and 30 numbers, batch 32. */
    LSTM(4) {
        @Override
        ComputationGraphConfiguration network() {
            GraphBuilder builder = inputs(InputType.recurrent(20), InputType.recurrent(30));
            for (Modality modality : Modality.values()) {
                builder.addLayer(
                        modality + "-last",
                        new LastTimeStep(
                                new org.deeplearning4j.nn.conf.layers.LSTM.Builder()
                                        .nOut(WIDTH)
                                        .build()),
                        modality.input());
            }
            return classifier(builder, "AUDIO-last", "VISUAL-last");
        }

        @Override
        MultiDataSet batch() {
            return batch(SMALL_BATCH, CLASSES, new long[] {20, STEPS}, new long[] {30, STEPS});
        }
    };

    private static final int WIDTH = 64;
    private static final int SMALL_BATCH = 32;
    private static final int STEPS = 50;
    private static final int CLASSES = 10;
    private static final int LETTERS_SPOKEN = 25;

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

    private static GraphBuilder inputs(InputType audio, InputType visual) {
        return new NeuralNetConfiguration.Builder()
                .seed(1)
                .activation(Activation.TANH)
                .updater(new Nesterovs(0.01, 0.9))
                .graphBuilder()
                .addInputs(Modality.AUDIO.input(), Modality.VISUAL.input())
                .setInputTypes(audio, visual);
    }

    private static DenseLayer dense() {
        return new DenseLayer.Builder().nOut(WIDTH).build();
    }

    private static ComputationGraphConfiguration classifier(GraphBuilder builder, String... ends) {
        return builder.addVertex("joined", new MergeVertex(), ends)
                .addLayer(
                        "out",
                        new OutputLayer.Builder(LossFunction.MCXENT)
                                .nOut(CLASSES)
                                .activation(Activation.SOFTMAX)
                                .build(),
                        "joined")
                .setOutputs("out")
                .build();
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
        return Nd4j.randn(DataType.FLOAT, ArrayUtil.combine(new long[] {examples}, shape));
    }
}
