package org.ogm4j.study.measure;

import java.util.LinkedHashMap;
import java.util.Map;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.dataset.api.iterator.MultiDataSetIterator;
import org.ogm4j.study.Scores;
import org.ogm4j.study.answer.Rows;
import org.ogm4j.study.answer.Tally;

/**
 * How good a network's answers are, by the two measures of its kind of answer.
 *
 * @param first accuracy or R^2
 * @param second macro F1 or mean squared error
 * @param examples how many there were
 */
public record Quality(Scores first, Scores second, long examples) {

    /**
     * Measures the network on all examples, in inference mode.
     *
     * @param reader that of the network
     * @param examples of all modalities, from the first on
     * @param layout of the plain network
     */
    public static Quality measure(
            ComputationGraph graph, Reader reader, MultiDataSetIterator examples, Layout layout) {
        Tally fused = layout.kind().tally();
        Map<String, Tally> alone = new LinkedHashMap<>();
        layout.modalities().forEach(modality -> alone.put(modality, layout.kind().tally()));
        long count = 0;
        while (examples.hasNext()) {
            MultiDataSet batch = Feed.of(layout, graph, examples.next());
            Answers answers = reader.read(graph, Feed.forward(graph, batch));
            count += batch.getFeatures(0).size(0);
            count(fused, batch, answers.fused());
            alone.forEach((modality, tally) -> count(tally, batch, answers.alone(modality)));
        }
        Map<String, Double> first = new LinkedHashMap<>();
        Map<String, Double> second = new LinkedHashMap<>();
        alone.forEach(
                (modality, tally) -> {
                    first.put(modality, tally.first());
                    second.put(modality, tally.second());
                });
        return new Quality(
                new Scores(fused.first(), first), new Scores(fused.second(), second), count);
    }

    /** The first measure of what the network says from all modalities. */
    static double first(ComputationGraph graph, MultiDataSetIterator examples, Layout layout) {
        Tally tally = layout.kind().tally();
        while (examples.hasNext()) {
            MultiDataSet batch = Feed.of(layout, graph, examples.next());
            count(tally, batch, Feed.forward(graph, batch).get(layout.output()));
        }
        return tally.first();
    }

    /** Counts nothing where the network gives no such answer. */
    private static void count(Tally tally, MultiDataSet batch, INDArray answer) {
        if (answer != null) {
            INDArray[] masks = batch.getLabelsMaskArrays();
            Rows.count(tally, batch.getLabels(0), answer, masks == null ? null : masks[0]);
        }
    }
}
