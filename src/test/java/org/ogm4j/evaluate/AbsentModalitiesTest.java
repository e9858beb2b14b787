package org.ogm4j.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.graph.rnn.LastTimeStepVertex;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.learning.config.Sgd;
import org.ogm4j.MissingModality;
import org.ogm4j.ModulatedOptimizer;
import org.ogm4j.UnimodalEvaluation;
import org.ogm4j.testing.Batches;
import org.ogm4j.testing.Fusions;
import org.ogm4j.testing.Nets;

/** Examples that lack a modality. */
class AbsentModalitiesTest {

    private static UnimodalEvaluation evaluate(ComputationGraph graph, MultiDataSet... batches) {
        return ModulatedOptimizer.evaluate(graph, new Batches(Arrays.asList(batches)));
    }

    private static INDArray rows(INDArray array, int row) {
        return array.get(NDArrayIndex.interval(row, row + 1), NDArrayIndex.all());
    }

    /** A feature mask of 0 throughout: the modality is not there, and the answer of others is. */
    @Test
    void absentModalitiesDoNotCountAlone() {
        GraphBuilder builder = Nets.recurrentEncoders(new Sgd(0.1));
        builder.addVertex("heard", new LastTimeStepVertex("audio"), "audio_rnn")
                .addVertex("seen", new LastTimeStepVertex("visual"), "visual_rnn")
                .addVertex("concat", new MergeVertex(), "heard", "seen")
                .addLayer("out", Nets.output(), "concat")
                .setOutputs("out");
        ComputationGraph graph = Nets.modulated(ModulatedOptimizer.builder(), builder.build());
        MultiDataSet batch = Fusions.maskedTokenBatch(5, 1);
        batch.getFeaturesMaskArray(0).getRow(1).assign(0);
        batch.getFeaturesMaskArray(0).getRow(4).assign(0);
        batch.getFeaturesMaskArray(1).putScalar(2, 3, 0);
        UnimodalEvaluation found = evaluate(graph, batch);
        assertEquals(5, found.fused().examples());
        assertEquals(3, found.alone("audio").examples());
        assertEquals(5, found.alone("visual").examples());
        assertEquals(3, found.alone("audio").classes().getNumRowCounter());
        // nobody has sound: nothing to say of it
        MultiDataSet silent = Fusions.maskedTokenBatch(5, 1);
        silent.getFeaturesMaskArray(0).assign(0);
        UnimodalEvaluation without = evaluate(graph, silent);
        assertEquals(0, without.alone("audio").examples());
        assertTrue(Double.isNaN(without.alone("audio").accuracy()));
        assertTrue(Double.isNaN(without.alone("audio").macroF1()));
        assertTrue(without.toString().contains("NaN"), without.toString());
    }

    /** Which examples are left out, not only how many. */
    @Test
    void thePresentExamplesAreJudged() {
        ComputationGraph graph = Nets.modulated(ModulatedOptimizer.builder(), Nets.dense());
        MultiDataSet batch = Nets.batch(9, 3);
        INDArray mask = Nd4j.createFromArray(1.0, 0, 0, 1, 1, 0, 1, 1, 0).reshape(9, 1);
        MultiDataSet masked =
                new MultiDataSet(
                        batch.getFeatures(), batch.getLabels(), new INDArray[] {mask, null}, null);
        List<MultiDataSet> kept = new ArrayList<>();
        for (int i : new int[] {0, 3, 4, 6, 7}) {
            kept.add(example(batch, i));
        }
        UnimodalEvaluation found = evaluate(graph, masked);
        UnimodalEvaluation expected = evaluate(graph, kept.toArray(MultiDataSet[]::new));
        assertEquals(
                expected.alone("audio").classes().confusionToString(),
                found.alone("audio").classes().confusionToString());
        assertEquals(9, found.alone("visual").examples());
    }

    /**
     * Rows of zeros and of NaN say it too, where the network was told so; else zeros are numbers.
     */
    @ParameterizedTest
    @CsvSource({"ZEROS, 5", "NANS, 5", "MASKS, 9"})
    void rowsSayItAsTheNetworkWasTold(MissingModality.Kind kind, int examples) {
        MultiDataSet batch = Nets.batch(9, 3);
        for (int i : new int[] {1, 2, 5, 8}) {
            rows(batch.getFeatures(0), i)
                    .assign(kind == MissingModality.Kind.NANS ? Double.NaN : 0);
        }
        ComputationGraph graph =
                Nets.modulated(
                        ModulatedOptimizer.builder().missing("audio", new MissingModality(kind)),
                        Nets.dense());
        UnimodalEvaluation found = evaluate(graph, batch);
        assertEquals(9, found.fused().examples());
        assertEquals(9, found.alone("visual").examples());
        assertEquals(examples, found.alone("audio").examples());
        UnimodalEvaluation expected =
                evaluate(
                        graph,
                        IntStream.range(0, 9)
                                .filter(i -> examples == 9 || List.of(0, 3, 4, 6, 7).contains(i))
                                .mapToObj(i -> example(batch, i))
                                .toArray(MultiDataSet[]::new));
        assertEquals(
                expected.alone("audio").classes().confusionToString(),
                found.alone("audio").classes().confusionToString());
    }

    /** Nobody has one modality, and one example has none. */
    @Test
    void fusedAnswersCountWithoutAnyModality() {
        ComputationGraph graph =
                Nets.modulated(
                        ModulatedOptimizer.builder().missing(MissingModality.zeros()),
                        Nets.dense());
        MultiDataSet batch = Nets.batch(4, 3);
        batch.getFeatures(0).assign(0);
        batch.getFeatures(1).getRow(2).assign(0);
        UnimodalEvaluation found = evaluate(graph, batch);
        assertEquals(0, found.alone("audio").examples());
        assertEquals(3, found.alone("visual").examples());
        assertEquals(4, found.fused().examples());
    }

    private static MultiDataSet example(MultiDataSet batch, int i) {
        return new MultiDataSet(
                new INDArray[] {rows(batch.getFeatures(0), i), rows(batch.getFeatures(1), i)},
                new INDArray[] {rows(batch.getLabels(0), i)});
    }
}
