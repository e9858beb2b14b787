package org.ogm4j.fuzz;

import java.util.Random;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.ogm4j.testing.Nets;

/** What a modality's data are. */
enum Input {
    VECTOR,
    SEQUENCE,
    TOKENS,
    IMAGE,
    /** With the numbers of a step on the last axis. */
    SEQUENCE_LAST,
    /** With the channels on the last axis. */
    IMAGE_LAST;

    /** Steps of every sequence. */
    static final int STEPS = 3;

    /** Numbers in a vector and in a step of a sequence. */
    static final int SIZE = 3;

    /** How many different tokens there are. */
    static final int VOCABULARY = 5;

    private static final int SIDE = 5;

    boolean hasSteps() {
        return this == SEQUENCE || this == TOKENS || this == SEQUENCE_LAST;
    }

    InputType type() {
        return switch (this) {
            case VECTOR -> InputType.feedForward(SIZE);
            case SEQUENCE -> InputType.recurrent(SIZE, STEPS);
            case TOKENS -> InputType.recurrent(VOCABULARY, STEPS);
            case IMAGE -> InputType.convolutional(SIDE, SIDE, 2);
            case SEQUENCE_LAST -> InputType.recurrent(SIZE, STEPS, RNNFormat.NWC);
            case IMAGE_LAST -> InputType.convolutional(SIDE, SIDE, 2, CNN2DFormat.NHWC);
        };
    }

    INDArray features(int examples, Random random, DataType type) {
        return switch (this) {
            case VECTOR -> Nets.gaussian(random, examples, SIZE).castTo(type);
            case SEQUENCE -> Nets.gaussian(random, examples, SIZE, STEPS).castTo(type);
            case TOKENS -> tokens(examples, random, type);
            case IMAGE -> Nets.gaussian(random, examples, 2, SIDE, SIDE).castTo(type);
            case SEQUENCE_LAST -> Nets.gaussian(random, examples, STEPS, SIZE).castTo(type);
            case IMAGE_LAST -> Nets.gaussian(random, examples, SIDE, SIDE, 2).castTo(type);
        };
    }

    private static INDArray tokens(int examples, Random random, DataType type) {
        INDArray tokens = Nd4j.zeros(type, examples, 1, STEPS);
        for (int i = 0; i < tokens.length(); i++) {
            tokens.putScalar(i, random.nextInt(VOCABULARY));
        }
        return tokens;
    }
}
