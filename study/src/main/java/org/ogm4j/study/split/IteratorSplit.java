package org.ogm4j.study.split;

import org.nd4j.linalg.dataset.api.iterator.MultiDataSetIterator;
import org.ogm4j.study.Split;

/** A split of iterators that can be reset. */
public record IteratorSplit(
        MultiDataSetIterator trained, MultiDataSetIterator validated, MultiDataSetIterator tested)
        implements Split {

    /** Checks that each can be read again. */
    public IteratorSplit {
        check("training", trained);
        check("validation", validated);
        check("test", tested);
    }

    private static void check(String name, MultiDataSetIterator iterator) {
        if (!iterator.resetSupported()) {
            throw new IllegalArgumentException(
                    "the %s iterator must support reset, got %s; wrap it, or implement Split"
                            .formatted(name, iterator.getClass().getName()));
        }
    }

    @Override
    public MultiDataSetIterator training(int epoch) {
        trained.reset();
        return trained;
    }

    @Override
    public MultiDataSetIterator validation() {
        validated.reset();
        return validated;
    }

    @Override
    public MultiDataSetIterator test() {
        tested.reset();
        return tested;
    }
}
