package org.ogm4j.examples.training;

import org.nd4j.linalg.dataset.api.iterator.MultiDataSetIterator;
import org.ogm4j.study.Split;

/**
 * A source's batches for one run: each epoch is drawn anew.
 *
 * @param source of the batches
 * @param settings batch size and seed
 */
public record SourceSplit(Source source, Settings settings) implements Split {

    @Override
    public MultiDataSetIterator training(int epoch) {
        return source.training(settings.batch(), settings.epochSeed(epoch));
    }

    @Override
    public MultiDataSetIterator validation() {
        return source.validation();
    }

    @Override
    public MultiDataSetIterator test() {
        return source.test();
    }

    @Override
    public MultiDataSetIterator trainingOnce(int epoch) {
        return source.trainingInOrder(settings.epochSeed(epoch));
    }

    @Override
    public Split every(int n) {
        return new SourceSplit(source.every(n), settings);
    }

    @Override
    public Split without(int n) {
        return new SourceSplit(source.without(n), settings);
    }
}
