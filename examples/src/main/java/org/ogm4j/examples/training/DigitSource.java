package org.ogm4j.examples.training;

import org.nd4j.linalg.dataset.api.iterator.MultiDataSetIterator;
import org.ogm4j.examples.data.DigitData;
import org.ogm4j.examples.data.Split;
import org.ogm4j.examples.network.Sizes;
import org.ogm4j.examples.signal.Examples;
import org.ogm4j.examples.signal.NoiseLevels;
import org.ogm4j.examples.signal.SignalPath;

/**
 * Spoken and written digits, held in memory. Each epoch pairs every training picture with another
 * recording of its class and draws new noise. Validation and test examples stay the same for all
 * epochs, methods and seeds.
 */
public final class DigitSource implements Source {

    private static final long VALIDATION_SEED = 1_000_001;
    private static final long TEST_SEED = 1_000_002;
    private static final int EVALUATION_BATCH = 100;

    private final DigitData data;
    private final SignalPath signals;
    private final Examples validation;
    private final Examples test;

    /**
     * Prepares the validation and test examples.
     *
     * @param signals fitted on the training part of the data
     */
    public DigitSource(DigitData data, SignalPath signals) {
        this.data = data;
        this.signals = signals;
        this.validation = signals.examples(data.validation(), VALIDATION_SEED);
        this.test = signals.examples(data.test(), TEST_SEED);
    }

    /** With the noise given, standardised by what is measured on the training part with it. */
    public static DigitSource of(DigitData data, NoiseLevels noise, long seed) {
        return new DigitSource(data, SignalPath.fit(data.train(), noise, seed));
    }

    @Override
    public Sizes sizes() {
        return Sizes.DIGITS;
    }

    @Override
    public int evaluationBatch() {
        return EVALUATION_BATCH;
    }

    @Override
    public MultiDataSetIterator training(int batch, long seed) {
        return new EpochIterator(signals.examples(data.train(), seed), batch, seed);
    }

    @Override
    public MultiDataSetIterator validation() {
        return EpochIterator.inOrder(validation, EVALUATION_BATCH);
    }

    @Override
    public MultiDataSetIterator test() {
        return EpochIterator.inOrder(test, EVALUATION_BATCH);
    }

    @Override
    public MultiDataSetIterator trainingInOrder(long seed) {
        return EpochIterator.inOrder(signals.examples(data.train(), seed), EVALUATION_BATCH);
    }

    @Override
    public Source every(int n) {
        return training(data.train().every(n));
    }

    @Override
    public Source without(int n) {
        return training(data.train().without(n));
    }

    private Source training(Split train) {
        return new DigitSource(new DigitData(train, data.validation(), data.test()), signals);
    }
}
