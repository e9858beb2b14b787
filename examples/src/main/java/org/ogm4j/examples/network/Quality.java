package org.ogm4j.examples.network;

import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.nd4j.linalg.dataset.api.iterator.MultiDataSetIterator;

/**
 * How good a network's answers are.
 *
 * @param accuracy shares of right answers
 * @param macroF1 the same for all classes, however often they occur
 */
public record Quality(Accuracy accuracy, MacroF1 macroF1) {

    /**
     * Measures the network on all examples, in inference mode.
     *
     * @param reader that of the network
     * @param examples of both modalities, from the first on
     * @param classes how many
     */
    public static Quality measure(
            ComputationGraph graph,
            LogitsReader reader,
            MultiDataSetIterator examples,
            int classes) {
        Confusion fused = new Confusion(classes);
        Confusion audio = new Confusion(classes);
        Confusion visual = new Confusion(classes);
        while (examples.hasNext()) {
            MultiDataSet batch = Feed.of(graph, examples.next());
            ModalityLogits logits =
                    reader.read(graph, graph.feedForward(batch.getFeatures(), false));
            int[] truth = batch.getLabels(0).argMax(1).toIntVector();
            count(fused, truth, logits.fused());
            count(audio, truth, logits.alone(Modality.AUDIO));
            count(visual, truth, logits.alone(Modality.VISUAL));
        }
        return of(fused, audio, visual);
    }

    static Quality of(Confusion fused, Confusion audio, Confusion visual) {
        return new Quality(
                new Accuracy(fused.accuracy(), audio.accuracy(), visual.accuracy()),
                new MacroF1(fused.macroF1(), audio.macroF1(), visual.macroF1()));
    }

    /** Counts nothing where the network gives no such answer. */
    static void count(Confusion confusion, int[] truth, INDArray logits) {
        if (logits != null) {
            int[] answers = logits.argMax(1).toIntVector();
            for (int i = 0; i < truth.length; i++) {
                confusion.add(truth[i], answers[i]);
            }
        }
    }
}
