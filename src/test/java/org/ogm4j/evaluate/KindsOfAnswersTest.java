package org.ogm4j.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.nd4j.evaluation.classification.Evaluation;
import org.nd4j.evaluation.classification.EvaluationBinary;
import org.nd4j.evaluation.regression.RegressionEvaluation;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.nd4j.linalg.lossfunctions.impl.LossSparseMCXENT;
import org.ogm4j.ModulatedOptimizer;
import org.ogm4j.UnimodalEvaluation;
import org.ogm4j.UnimodalEvaluation.Column;
import org.ogm4j.UnimodalEvaluation.Quality;
import org.ogm4j.testing.Batches;
import org.ogm4j.testing.Nets;

/** Classes, labels and numbers; masks; where DL4J's own evaluation is wrong, and what is done. */
class KindsOfAnswersTest {

    private static ComputationGraph network(
            DataType type, int width, ILossFunction loss, Activation activation) {
        GraphBuilder builder = Nets.encoders(Nets.base().dataType(type));
        builder.addVertex("concat", new MergeVertex(), "audio_fc", "visual_fc")
                .addLayer(
                        "out",
                        new OutputLayer.Builder(loss).nOut(width).activation(activation).build(),
                        "concat")
                .setOutputs("out")
                .setInputTypes(InputType.feedForward(5), InputType.feedForward(6));
        return Nets.init(ModulatedOptimizer.builder().build().modulate(builder.build()));
    }

    private static UnimodalEvaluation evaluate(ComputationGraph graph, MultiDataSet... batches) {
        return ModulatedOptimizer.evaluate(graph, new Batches(Arrays.asList(batches)));
    }

    private static MultiDataSet with(MultiDataSet batch, INDArray labels, INDArray mask) {
        return new MultiDataSet(
                batch.getFeatures(),
                new INDArray[] {labels},
                null,
                mask == null ? null : new INDArray[] {mask});
    }

    private static MultiDataSet features(int examples) {
        return Nets.batch(examples, 3);
    }

    /** One-hot, by index, and soft with the same largest label. */
    @Test
    void labelsOfClassesInEveryForm() {
        MultiDataSet batch = features(30);
        INDArray oneHot = batch.getLabels(0);
        ComputationGraph graph = Nets.modulated(ModulatedOptimizer.builder(), Nets.dense());
        ComputationGraph sparse =
                network(DataType.DOUBLE, 3, new LossSparseMCXENT(), Activation.SOFTMAX);
        sparse.setParams(graph.params());
        INDArray soft = oneHot.mul(0.7).add(0.1);
        INDArray index = oneHot.argMax(1).castTo(DataType.DOUBLE).reshape(30, 1);
        String expected = evaluate(graph, batch).toString();
        assertEquals(expected, evaluate(graph, with(batch, soft, null)).toString());
        assertEquals(expected, evaluate(sparse, with(batch, index, null)).toString());

        // no label, or an index that is no class: DL4J counts the first as class 0
        INDArray none = oneHot.dup();
        none.getRow(0).assign(0);
        index.putScalar(0, -1);
        INDArray fewer = index.dup();
        UnimodalEvaluation left = evaluate(graph, with(batch, none, null));
        assertEquals(29, left.fused().examples());
        assertEquals(29, left.fused().classes().getNumRowCounter());
        MultiDataSet unlabelled = with(batch, none, null);
        Evaluation dl4j = graph.evaluate(new Batches(List.of(unlabelled)));
        assertEquals(30, dl4j.getNumRowCounter(), "DL4J counts it as class 0");
        assertEquals(left.toString(), evaluate(sparse, with(batch, fewer, null)).toString());
    }

    /** As Keras import has it: the softmax in the dense layer, a loss layer without one. */
    @Test
    void softmaxInFrontOfALossLayer() {
        GraphBuilder builder = Nets.encoders();
        builder.addVertex("concat", new MergeVertex(), "audio_fc", "visual_fc")
                .addLayer(
                        "dense",
                        new DenseLayer.Builder().nOut(3).activation(Activation.SOFTMAX).build(),
                        "concat")
                .addLayer(
                        "out",
                        new LossLayer.Builder(LossFunction.MCXENT)
                                .activation(Activation.IDENTITY)
                                .build(),
                        "dense")
                .setOutputs("out")
                .setInputTypes(InputType.feedForward(5), InputType.feedForward(6));
        ComputationGraph keras = Nets.init(builder.build());
        ComputationGraph usual = Nets.init(Nets.dense());
        usual.setParams(keras.params());
        String expected = evaluate(usual, features(30)).toString();
        assertEquals(expected, evaluate(keras, features(30)).toString());
    }

    /** Masks of examples in both shapes, and of single steps of sequences. */
    @Test
    void maskedRowsDoNotCount() {
        MultiDataSet batch = features(6);
        INDArray mask = Nd4j.createFromArray(1.0, 0, 1, 1, 0, 1);
        ComputationGraph graph = Nets.modulated(ModulatedOptimizer.builder(), Nets.dense());
        List<MultiDataSet> kept = new ArrayList<>();
        for (int i : new int[] {0, 2, 3, 5}) {
            kept.add(
                    new MultiDataSet(
                            new INDArray[] {
                                rows(batch.getFeatures(0), i), rows(batch.getFeatures(1), i)
                            },
                            new INDArray[] {rows(batch.getLabels(0), i)}));
        }
        String expected = evaluate(graph, kept.toArray(MultiDataSet[]::new)).toString();
        INDArray labels = batch.getLabels(0);
        assertEquals(expected, evaluate(graph, with(batch, labels, mask.reshape(6, 1))).toString());
        assertEquals(expected, evaluate(graph, with(batch, labels, mask)).toString());

        ComputationGraph steps = Nets.init(Nets.recurrent(new Sgd(0.1)).build());
        MultiDataSet sequences = Nets.sequences(5, 4, 2);
        INDArray perStep = Nd4j.ones(DataType.DOUBLE, 5, 4);
        perStep.putScalar(0, 3, 0).putScalar(2, 2, 0).putScalar(2, 3, 0);
        perStep.getRow(4).assign(0);
        sequences.setLabelsMaskArray(new INDArray[] {perStep});
        UnimodalEvaluation found = evaluate(steps, sequences);
        Evaluation dl4j = steps.evaluate(new Batches(List.of(sequences)));
        assertEquals(13, dl4j.getNumRowCounter());
        assertEquals(dl4j.confusionToString(), found.fused().classes().confusionToString());
        assertEquals(4, found.fused().examples());
        assertEquals(13, found.alone("audio").classes().getNumRowCounter());
        assertEquals(handCount(steps, sequences, perStep), found.alone("audio").accuracy());
    }

    private static INDArray rows(INDArray array, int row) {
        return array.get(NDArrayIndex.interval(row, row + 1), NDArrayIndex.all());
    }

    /** The rows of W that read the first LSTM, step by step. */
    private static double handCount(
            ComputationGraph steps, MultiDataSet sequences, INDArray perStep) {
        INDArray features =
                steps.feedForward(sequences.getFeatures(), false).get("audio_rnn").dup();
        INDArray own = steps.getLayer("out").getParam("W").getRows(0, 1, 2);
        INDArray share = steps.getLayer("out").getParam("b").div(2);
        int right = 0;
        int all = 0;
        for (int i = 0; i < 5; i++) {
            for (int t = 0; t < 4; t++) {
                if (perStep.getDouble(i, t) != 0) {
                    INDArray at =
                            features.get(
                                            NDArrayIndex.interval(i, i + 1),
                                            NDArrayIndex.all(),
                                            NDArrayIndex.point(t))
                                    .reshape(1, 3);
                    int answer = at.mmul(own).addRowVector(share).argMax(1).getInt(0);
                    right += sequences.getLabels(0).getDouble(i, answer, t) == 1 ? 1 : 0;
                    all++;
                }
            }
        }
        return right / (double) all;
    }

    /** Single outputs that are masked, and labels that are not quite 0 or 1. */
    @Test
    void labelsOfTwoValues() {
        ComputationGraph graph =
                network(
                        DataType.DOUBLE,
                        4,
                        LossFunction.XENT.getILossFunction(),
                        Activation.SIGMOID);
        MultiDataSet batch = features(25);
        Random random = new Random(2);
        INDArray labels = Nets.gaussian(random, 25, 4).gt(0).castTo(DataType.DOUBLE);
        INDArray mask = Nets.gaussian(random, 25, 4).gt(-0.5).castTo(DataType.DOUBLE);
        mask.getRow(3).assign(0);
        mask.getColumn(2).assign(0); // a label that nobody has
        EvaluationBinary expected = new EvaluationBinary(4, null);
        expected.eval(labels, graph.outputSingle(batch.getFeatures()), mask);
        Quality fused = evaluate(graph, with(batch, labels, mask)).fused();
        assertEquals(expected.stats(), fused.labels().stats());
        assertEquals(24, fused.examples());

        double accuracy = 0;
        double f1 = 0;
        for (int c : new int[] {0, 1, 3}) {
            double tp = expected.truePositives(c);
            double wrong = expected.falsePositives(c) + expected.falseNegatives(c);
            accuracy += (tp + expected.trueNegatives(c)) / expected.totalCount(c) / 3;
            f1 += 2 * tp / (2 * tp + wrong) / 3;
        }
        assertEquals(accuracy, fused.accuracy(), 1e-15);
        assertEquals(f1, fused.macroF1(), 1e-15);
        assertTrue(Double.isNaN(expected.averageAccuracy()), "DL4J's mean is 0/0");

        INDArray soft = labels.mul(0.8).add(0.1);
        assertEquals(
                expected.stats(),
                evaluate(graph, with(batch, soft, mask)).fused().labels().stats());
        EvaluationBinary cut = new EvaluationBinary(4, null);
        cut.eval(soft, graph.outputSingle(batch.getFeatures()), mask);
        assertTrue(cut.totalCount(0) < expected.totalCount(0), "DL4J cuts sums of fractions off");

        INDArray nothing = Nd4j.zeros(DataType.DOUBLE, 25, 1);
        assertThrows(NullPointerException.class, () -> cut.eval(labels, soft, nothing), "DL4J");

        INDArray w = graph.getLayer("out").getParam("W").getRows(0, 1, 2, 3);
        INDArray logits =
                graph.feedForward(batch.getFeatures(), false)
                        .get("audio_fc")
                        .mmul(w)
                        .addRowVector(graph.getLayer("out").getParam("b").div(2));
        EvaluationBinary alone = new EvaluationBinary(4, null);
        alone.eval(labels, logits.gt(0).castTo(DataType.DOUBLE), mask);
        assertEquals(
                alone.stats(),
                evaluate(graph, with(batch, labels, mask)).alone("audio").labels().stats());
    }

    /** An answer that is always the same. By hand: accuracy 3/6, F1 = (2*3/(6+3) + 0 + 0) / 3. */
    @Test
    void aClassThatIsNeverAnsweredCountsInTheMean() {
        ComputationGraph graph = Nets.modulated(ModulatedOptimizer.builder(), Nets.dense());
        graph.params().assign(0);
        graph.getLayer("out").getParam("b").putScalar(0, 1);
        INDArray labels = Nd4j.zeros(DataType.DOUBLE, 6, 3);
        int[] classes = {0, 0, 0, 1, 1, 2};
        for (int i = 0; i < 6; i++) {
            labels.putScalar(i, classes[i], 1);
        }
        Quality fused = evaluate(graph, with(features(6), labels, null)).fused();
        assertEquals(0.5, fused.accuracy());
        assertEquals(2.0 / 9, fused.macroF1(), 1e-15);
        assertEquals(2.0 / 3, fused.classes().f1(), 1e-15, "DL4J's leaves two classes out");
    }

    /** By hand, of the confusion 0: 2 0 1, 1: 1 1 0, 2: 0 0 0, 3: 0 0 0 (true by answered). */
    @Test
    void macroF1ByHand() {
        Evaluation classes = new Evaluation(4);
        int[][] counts = {{0, 0, 2}, {0, 2, 1}, {1, 0, 1}, {1, 1, 1}};
        for (int[] count : counts) {
            for (int i = 0; i < count[2]; i++) {
                classes.eval(count[1], count[0]);
            }
        }
        Quality quality = new Quality(5, classes, null, null);
        // class 0: 2*2/(3+3); class 1: 2*1/(2+1); class 2 is answered, never true; class 3 is not
        assertEquals((4.0 / 6 + 2.0 / 3 + 0) / 3, quality.macroF1(), 1e-15);
        Evaluation two = new Evaluation(2);
        two.eval(1, 1);
        two.eval(1, 0);
        two.eval(0, 0);
        // class 0: 2/(2+1), class 1: 2/(1+2)
        assertEquals(2.0 / 3, new Quality(3, two, null, null).macroF1(), 1e-15);
        Evaluation uneven = new Evaluation(2);
        uneven.eval(0, 0);
        uneven.eval(0, 0);
        uneven.eval(0, 1);
        // class 0: 4/(2+3), class 1: 0; DL4J's f1() is that of class 1
        assertEquals(0.4, new Quality(3, uneven, null, null).macroF1(), 1e-15);
    }

    /** Large labels of little spread, in float: exact sums by hand in double. */
    @Test
    void numbersByHand() {
        ComputationGraph graph =
                network(
                        DataType.FLOAT,
                        2,
                        LossFunction.MSE.getILossFunction(),
                        Activation.IDENTITY);
        graph.getLayer("out").getParam("b").assign(Nd4j.createFromArray(1e4f, -1e5f));
        MultiDataSet batch = Nets.batch(40, 3, DataType.FLOAT);
        INDArray answer = graph.outputSingle(batch.getFeatures());
        Random random = new Random(1);
        INDArray labels = answer.add(Nets.gaussian(random, 40, 2).castTo(DataType.FLOAT).muli(0.1));
        INDArray mask = Nd4j.ones(DataType.FLOAT, 40, 2);
        mask.putScalar(0, 1, 0).putScalar(7, 1, 0);
        Quality fused = evaluate(graph, with(batch, labels, mask)).fused();
        List<Column> columns = fused.numbers().columns();
        for (int c = 0; c < 2; c++) {
            double n = 0;
            double mean = 0;
            for (int i = 0; i < 40; i++) {
                n += mask.getDouble(i, c);
                mean += mask.getDouble(i, c) * labels.getDouble(i, c);
            }
            mean /= n;
            double squared = 0;
            double absolute = 0;
            double spread = 0;
            for (int i = 0; i < 40; i++) {
                double error = answer.getDouble(i, c) - labels.getDouble(i, c);
                squared += mask.getDouble(i, c) * error * error;
                absolute += mask.getDouble(i, c) * Math.abs(error);
                spread += mask.getDouble(i, c) * Math.pow(labels.getDouble(i, c) - mean, 2);
            }
            assertEquals((long) n, columns.get(c).count());
            assertEquals(squared / n, columns.get(c).mse(), 1e-12 * squared);
            assertEquals(absolute / n, columns.get(c).mae(), 1e-12 * absolute);
            assertEquals(1 - squared / spread, columns.get(c).r2(), 1e-9);
            assertTrue(columns.get(c).r2() > 0.2, columns.toString());
        }
        assertEquals(38, columns.get(1).count());
        RegressionEvaluation dl4j = new RegressionEvaluation(2);
        dl4j.eval(labels, answer, mask);
        double off = Math.abs(dl4j.rSquared(1) - columns.get(1).r2());
        assertTrue(off > 0.01, "DL4J's R2 is noise: " + dl4j.rSquared(1) + columns);
        assertThrows(IllegalStateException.class, fused::accuracy);
        assertThrows(IllegalStateException.class, fused::classes);
    }

    @Test
    void equalLabelsHaveNoR2() {
        ComputationGraph graph =
                network(
                        DataType.DOUBLE,
                        1,
                        LossFunction.MSE.getILossFunction(),
                        Activation.IDENTITY);
        INDArray labels = Nd4j.valueArrayOf(new long[] {4, 1}, 0.1, DataType.DOUBLE);
        UnimodalEvaluation found = evaluate(graph, with(features(4), labels, null));
        assertTrue(Double.isNaN(found.alone("audio").numbers().r2()));
        assertTrue(found.alone("audio").numbers().mse() > 0);
    }

    @Test
    void labelsOfAnotherWidthAreNamed() {
        ComputationGraph graph =
                network(
                        DataType.DOUBLE,
                        2,
                        LossFunction.MSE.getILossFunction(),
                        Activation.IDENTITY);
        MultiDataSet wrong = with(features(4), Nd4j.ones(DataType.DOUBLE, 4, 3), null);
        String message =
                assertThrows(IllegalArgumentException.class, () -> evaluate(graph, wrong))
                        .getMessage();
        assertTrue(message.contains("[4, 2] in rows, got [4, 3]"), message);
    }

    private static ComputationGraph ofThreeKinds() {
        GraphBuilder builder = Nets.encoders();
        builder.addVertex("concat", new MergeVertex(), "audio_fc", "visual_fc")
                .addLayer("what", Nets.output(), "concat")
                .addLayer(
                        "which",
                        new OutputLayer.Builder(LossFunction.XENT)
                                .nOut(2)
                                .activation(Activation.SIGMOID)
                                .build(),
                        "concat")
                .addLayer(
                        "where",
                        new OutputLayer.Builder(LossFunction.L1)
                                .nOut(1)
                                .activation(Activation.IDENTITY)
                                .build(),
                        "concat")
                .setOutputs("what", "which", "where")
                .setInputTypes(InputType.feedForward(5), InputType.feedForward(6));
        return Nets.init(builder.build());
    }

    /** Outputs of all three kinds at once, each as if it were alone. */
    @Test
    void severalOutputsOfDifferentKinds() {
        ComputationGraph graph = ofThreeKinds();
        MultiDataSet batch = features(12);
        Random random = new Random(5);
        INDArray[] labels = {
            batch.getLabels(0),
            Nets.gaussian(random, 12, 2).gt(0).castTo(DataType.DOUBLE),
            Nets.gaussian(random, 12, 1)
        };
        INDArray mask = Nd4j.ones(DataType.DOUBLE, 12, 1);
        mask.putScalar(0, 0);
        UnimodalEvaluation found =
                evaluate(
                        graph,
                        new MultiDataSet(
                                batch.getFeatures(),
                                labels,
                                null,
                                new INDArray[] {null, mask, null}));
        INDArray[] answers = graph.output(batch.getFeatures());
        Evaluation what = new Evaluation();
        what.eval(labels[0], answers[0]);
        EvaluationBinary which = new EvaluationBinary(2, null);
        which.eval(labels[1], answers[1], mask);
        RegressionEvaluation where = new RegressionEvaluation(1);
        where.eval(labels[2], answers[2]);
        assertEquals(what.stats(), found.fused().classes().stats());
        assertEquals(which.stats(), found.fused("which").labels().stats());
        assertEquals(11, found.fused("which").examples());
        Column column = found.fused("where").numbers().columns().get(0);
        assertEquals(where.meanSquaredError(0), column.mse(), 1e-14);
        assertEquals(where.meanAbsoluteError(0), column.mae(), 1e-14);
        assertEquals(where.rSquared(0), column.r2(), 1e-12);
        assertEquals(List.of("what", "which", "where"), List.copyOf(found.outputs().keySet()));
        assertEquals(found.alone("audio"), found.alone("audio", "what"));
        UnimodalEvaluation fewer =
                evaluate(
                        graph,
                        new MultiDataSet(
                                batch.getFeatures(), new INDArray[] {labels[0], null, labels[2]}));
        assertEquals(Set.of("what", "where"), fewer.outputs().keySet());
        List<String> lines = found.toString().lines().toList();
        assertEquals(12, lines.size(), found.toString());
        assertEquals(
                "what (classes)     examples   accuracy   macro F1".replaceAll("\\s+", " "),
                lines.get(0).replaceAll("\\s+", " "));
        assertTrue(lines.get(9).startsWith("  fused"), lines.get(9));
        assertTrue(lines.get(8).startsWith("where (numbers)"), lines.get(8));
    }
}
