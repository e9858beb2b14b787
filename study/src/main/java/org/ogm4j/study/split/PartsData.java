package org.ogm4j.study.split;

import java.util.HashMap;
import java.util.Map;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.nd4j.linalg.dataset.api.iterator.MultiDataSetIterator;
import org.ogm4j.study.Split;
import org.ogm4j.study.StudyData;
import org.ogm4j.study.data.MultimodalData;
import org.ogm4j.study.data.Partition;
import org.ogm4j.study.data.Parts;
import org.ogm4j.study.store.Digest;

/** A data set of named modalities, divided for each seed and fold. */
public final class PartsData implements StudyData {

    private final MultimodalData data;
    private final Division division;
    private final int batch;
    private final Map<String, Parts> latest = new HashMap<>();
    private String content;

    /** How examples are divided. Equal seeds and folds give equal partitions. */
    @FunctionalInterface
    public interface Division {

        /** The parts of a run. */
        Partition of(long seed, int fold);
    }

    /**
     * Divides a data set.
     *
     * @param data all examples
     * @param division of them
     * @param batch examples per step, at least 1
     */
    public PartsData(MultimodalData data, Division division, int batch) {
        this.data = data;
        this.division = division;
        this.batch = batch;
    }

    @Override
    public Split split(long seed, int fold) {
        return new Of(parts(seed, fold), batch, seed);
    }

    /** What was measured on the training part is kept for the methods of the same seed and fold. */
    private synchronized Parts parts(long seed, int fold) {
        String key = seed + " " + fold;
        if (!latest.containsKey(key)) {
            latest.clear();
            latest.put(key, data.parts(division.of(seed, fold)));
        }
        return latest.get(key);
    }

    /**
     * Of all numbers once, of the places of the examples, and of a batch, which is standardised.
     */
    @Override
    public synchronized String digest(long seed, int fold) {
        if (content == null) {
            content = content();
        }
        Parts parts = parts(seed, fold);
        Digest digest = new Digest().add(content).add(parts.partition().toString());
        digest.add("batch %d seed %d".formatted(batch, seed));
        MultiDataSet first = parts.trainingInOrder(batch).next();
        for (int u = 0; u < data.modalities().size(); u++) {
            digest.add(first.getFeatures(u));
        }
        return digest.hex();
    }

    private String content() {
        Digest digest = new Digest().add(data.names().toString()).add(data.target().toString());
        data.examples().forEach(example -> digest.add(example.toString()));
        data.modalities()
                .forEach(
                        modality -> {
                            for (int i = 0; i < data.size(); i++) {
                                digest.add(modality.has(i) ? modality.get(i).numbers() : null);
                            }
                        });
        return digest.hex();
    }

    /** The parts of one run. */
    private record Of(Parts parts, int batch, long seed) implements Split {

        @Override
        public MultiDataSetIterator training(int epoch) {
            return parts.training(batch, seed, epoch);
        }

        @Override
        public MultiDataSetIterator trainingOnce(int epoch) {
            return parts.trainingInOrder(batch);
        }

        @Override
        public MultiDataSetIterator validation() {
            return parts.validation(batch);
        }

        @Override
        public MultiDataSetIterator test() {
            return parts.test(batch);
        }

        @Override
        public Split every(int n) {
            return new Of(parts.every(n), batch, seed);
        }

        @Override
        public Split without(int n) {
            return new Of(parts.without(n), batch, seed);
        }
    }
}
