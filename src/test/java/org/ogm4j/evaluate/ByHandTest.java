package org.ogm4j.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.graph.rnn.LastTimeStepVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.evaluation.classification.Evaluation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.ogm4j.ModulatedOptimizer;
import org.ogm4j.ScoreSource;
import org.ogm4j.UnimodalEvaluation;
import org.ogm4j.testing.Alone;
import org.ogm4j.testing.Batches;
import org.ogm4j.testing.Compare;
import org.ogm4j.testing.Fusions;
import org.ogm4j.testing.Nets;

/**
 * Each modality alone against a second way: a plain network of DL4J that holds the encoder of one
 * modality and, as a layer of its own, what the head says of it.
 */
class ByHandTest {

    private static final int EXAMPLES = 7;

    /** A kind of encoder, with dropout and batch norm on the way. */
    private enum Kind {
        DENSE {
            @Override
            InputType type() {
                return InputType.feedForward(5);
            }

            @Override
            INDArray features(Random random, int examples) {
                return Nets.gaussian(random, examples, 5);
            }

            @Override
            void add(GraphBuilder graph, String name, int width) {
                graph.addLayer(name + "_1", new DenseLayer.Builder().nOut(6).build(), name)
                        .addLayer(name + "_norm", new BatchNormalization(), name + "_1")
                        .addLayer(
                                name + "_end",
                                new DenseLayer.Builder().nOut(width).dropOut(0.6).build(),
                                name + "_norm");
            }
        },
        CONV {
            @Override
            InputType type() {
                return InputType.convolutional(4, 5, 2);
            }

            @Override
            INDArray features(Random random, int examples) {
                return Nets.gaussian(random, examples, 2, 4, 5);
            }

            @Override
            void add(GraphBuilder graph, String name, int width) {
                graph.addLayer(
                                name + "_1",
                                new ConvolutionLayer.Builder(2, 2).nOut(3).dropOut(0.7).build(),
                                name)
                        .addLayer(name + "_norm", new BatchNormalization(), name + "_1")
                        .addLayer(
                                name + "_2",
                                new ConvolutionLayer.Builder(2, 2).nOut(width).build(),
                                name + "_norm")
                        .addLayer(
                                name + "_end",
                                new GlobalPoolingLayer.Builder(PoolingType.AVG).build(),
                                name + "_2");
            }
        },
        LSTM {
            @Override
            InputType type() {
                return InputType.recurrent(2);
            }

            @Override
            INDArray features(Random random, int examples) {
                return Nets.gaussian(random, examples, 2, 6);
            }

            @Override
            void add(GraphBuilder graph, String name, int width) {
                graph.addLayer(
                                name + "_1",
                                new LSTM.Builder().nOut(width).dropOut(0.6).build(),
                                name)
                        .addVertex(name + "_end", new LastTimeStepVertex(name), name + "_1");
            }
        };

        abstract InputType type();

        abstract INDArray features(Random random, int examples);

        abstract void add(GraphBuilder graph, String name, int width);
    }

    private static final Map<String, Kind> KINDS = kinds();

    private static Map<String, Kind> kinds() {
        Map<String, Kind> kinds = new LinkedHashMap<>();
        kinds.put("touch", Kind.DENSE);
        kinds.put("picture", Kind.CONV);
        kinds.put("sound", Kind.LSTM);
        return kinds;
    }

    private static int width(String modality) {
        return 3 + List.copyOf(KINDS.keySet()).indexOf(modality);
    }

    private static GraphBuilder encoders(List<String> modalities) {
        GraphBuilder graph =
                Nets.base(new Nesterovs(0.05, 0.9)).seed(7).graphBuilder().addInputs(modalities);
        graph.setInputTypes(
                modalities.stream().map(name -> KINDS.get(name).type()).toArray(InputType[]::new));
        modalities.forEach(name -> KINDS.get(name).add(graph, name, width(name)));
        return graph;
    }

    private static String[] ends(List<String> modalities) {
        return modalities.stream().map(name -> name + "_end").toArray(String[]::new);
    }

    private static MultiDataSet batch(List<String> modalities, int examples, long seed) {
        Random random = new Random(seed);
        INDArray labels = Nets.labels(examples, random, DataType.DOUBLE);
        INDArray[] features = new INDArray[modalities.size()];
        INDArray[] masks = new INDArray[modalities.size()];
        for (int i = 0; i < features.length; i++) {
            features[i] = KINDS.get(modalities.get(i)).features(random, examples);
            if (modalities.get(i).equals("sound")) {
                masks[i] = Nets.gaussian(random, examples, 6).gt(-0.5).castTo(DataType.DOUBLE);
                masks[i].getColumn(0).assign(1);
            }
        }
        return new org.nd4j.linalg.dataset.MultiDataSet(
                features, new INDArray[] {labels}, masks, null);
    }

    private static List<MultiDataSet> batches(List<String> modalities) {
        List<MultiDataSet> batches = new ArrayList<>();
        for (int seed = 0; seed < 4; seed++) {
            batches.add(batch(modalities, EXAMPLES - seed, seed)); // of several sizes
        }
        return batches;
    }

    /** What it takes of a batch for one modality. */
    private static MultiDataSet only(MultiDataSet batch, int modality) {
        return new org.nd4j.linalg.dataset.MultiDataSet(
                new INDArray[] {batch.getFeatures(modality)},
                batch.getLabels(),
                new INDArray[] {batch.getFeaturesMaskArrays()[modality]},
                batch.getLabelsMaskArrays());
    }

    /** Puts parameters of the same names in. */
    private static void copy(ComputationGraph from, ComputationGraph to) {
        Map<String, INDArray> parameters = from.paramTable();
        for (Map.Entry<String, INDArray> own : to.paramTable().entrySet()) {
            if (!own.getKey().startsWith("alone")) {
                own.getValue().assign(parameters.get(own.getKey()));
            }
        }
    }

    /** The encoder of one modality and a softmax layer of its own, with weights by hand. */
    private static ComputationGraph byHand(
            ComputationGraph graph, String modality, INDArray weights, INDArray bias) {
        ComputationGraph hand =
                Nets.init(
                        encoders(List.of(modality))
                                .addLayer("alone", Nets.output(), modality + "_end")
                                .setOutputs("alone")
                                .build());
        copy(graph, hand);
        hand.getLayer("alone").getParam("W").assign(weights);
        hand.getLayer("alone").getParam("b").assign(bias);
        return hand;
    }

    private static void assertAlone(
            ComputationGraph graph,
            List<String> modalities,
            String modality,
            INDArray weights,
            INDArray bias) {
        ComputationGraph hand = byHand(graph, modality, weights, bias);
        int index = modalities.indexOf(modality);
        List<MultiDataSet> batches = batches(modalities);
        UnimodalEvaluation found = ModulatedOptimizer.evaluate(graph, new Batches(batches));
        Evaluation expected =
                hand.evaluate(new Batches(batches.stream().map(b -> only(b, index)).toList()));
        Evaluation actual = found.alone(modality).classes();
        assertEquals(expected.confusionToString(), actual.confusionToString());
        assertEquals(expected.accuracy(), found.alone(modality).accuracy());
        assertEquals(22, found.alone(modality).examples());
        MultiDataSet batch = batches.get(0);
        MultiDataSet own = only(batch, index);
        INDArray answer =
                hand.output(false, own.getFeatures(), own.getFeaturesMaskArrays(), null)[0];
        ComputationGraph modulated =
                !isModulated(graph) ? ModulatedOptimizer.builder().build().modulate(graph) : graph;
        INDArray read = Read.alone(modulated, batch, modality).get("out");
        Compare.close(answer, read, 1e-12, modality);
    }

    private static boolean isModulated(ComputationGraph graph) {
        return org.ogm4j.rewrite.Rewrite.isModulated(graph.getConfiguration());
    }

    private static ComputationGraph trained(
            ModulatedOptimizer.Builder options, ComputationGraphConfiguration conf) {
        ComputationGraph graph = Nets.modulated(options, conf);
        List<String> modalities = conf.getNetworkInputs();
        graph.fit(new Batches(batches(modalities)), 3);
        return graph;
    }

    @ParameterizedTest
    @ValueSource(strings = {"touch picture", "picture sound", "touch picture sound"})
    void rowsOfAHeadWithTheShareOfTheBias(String names) {
        List<String> modalities = List.of(names.split(" "));
        ComputationGraph graph =
                trained(
                        ModulatedOptimizer.builder(),
                        encoders(modalities)
                                .addVertex("concat", new MergeVertex(), ends(modalities))
                                .addLayer("out", Nets.output(), "concat")
                                .setOutputs("out")
                                .build());
        ComputationGraph plain = ModulatedOptimizer.strip(graph);
        INDArray weights = graph.getLayer("out").getParam("W");
        INDArray bias = graph.getLayer("out").getParam("b");
        int row = 0;
        for (String modality : modalities) {
            INDArray own =
                    weights.get(
                            NDArrayIndex.interval(row, row + width(modality)), NDArrayIndex.all());
            row += width(modality);
            INDArray share = bias.div(modalities.size());
            assertAlone(graph, modalities, modality, own, share);
            assertAlone(plain, modalities, modality, own, share);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"touch sound", "touch picture sound"})
    void headsOfASum(String names) {
        List<String> modalities = List.of(names.split(" "));
        GraphBuilder builder = encoders(modalities);
        modalities.forEach(name -> builder.addLayer(name + "_head", Nets.linear(), name + "_end"));
        String[] heads = modalities.stream().map(name -> name + "_head").toArray(String[]::new);
        ComputationGraph graph =
                trained(
                        ModulatedOptimizer.builder(),
                        builder.addVertex("sum", Nets.add(), heads)
                                .addLayer("out", Nets.loss(), "sum")
                                .setOutputs("out")
                                .build());
        for (String modality : modalities) {
            INDArray own = graph.getLayer(modality + "_head").getParam("W");
            INDArray bias = graph.getLayer(modality + "_head").getParam("b");
            assertAlone(graph, modalities, modality, own, bias);
            assertAlone(ModulatedOptimizer.strip(graph), modalities, modality, own, bias);
        }
    }

    @Test
    void probes() {
        List<String> modalities = List.of("touch", "picture");
        ComputationGraph graph =
                trained(
                        ModulatedOptimizer.builder().score(ScoreSource.probe()),
                        encoders(modalities)
                                .addVertex("concat", new MergeVertex(), ends(modalities))
                                .addLayer("hidden", Nets.layer(4), "concat")
                                .addLayer("out", Nets.output(), "hidden")
                                .setOutputs("out")
                                .build());
        for (String modality : modalities) {
            Map<String, INDArray> probe = new LinkedHashMap<>();
            graph.paramTable()
                    .forEach(
                            (name, array) -> {
                                if (name.contains("probe") && name.contains(modality)) {
                                    probe.put(name.substring(name.length() - 1), array);
                                }
                            });
            assertEquals(Set.of("W", "b"), probe.keySet(), graph.paramTable().keySet().toString());
            assertAlone(graph, modalities, modality, probe.get("W"), probe.get("b"));
        }
    }

    /** A named head in front of a fusion that cannot be split. */
    @Test
    void namedHeads() {
        List<String> modalities = List.of("touch", "picture");
        GraphBuilder builder = encoders(modalities);
        modalities.forEach(name -> builder.addLayer(name + "_head", Nets.linear(), name + "_end"));
        ComputationGraph graph =
                trained(
                        ModulatedOptimizer.builder()
                                .head("touch", "touch_head")
                                .head("picture", "picture_head"),
                        builder.addVertex("product", Nets.product(), "touch_head", "picture_head")
                                .addLayer("out", Nets.loss(), "product")
                                .setOutputs("out")
                                .build());
        for (String modality : modalities) {
            INDArray own = graph.getLayer(modality + "_head").getParam("W");
            INDArray bias = graph.getLayer(modality + "_head").getParam("b");
            assertAlone(graph, modalities, modality, own, bias);
        }
    }

    /** Zero-out: a network that starts behind the encoders, given zeros for the other one. */
    @ParameterizedTest
    @ValueSource(strings = {"film", "gated", "deep", "recurrent"})
    void zeroOut(String fusion) {
        ComputationGraph graph =
                Nets.modulated(
                        ModulatedOptimizer.builder().score(ScoreSource.zeroOut()),
                        Fusions.all(new Nesterovs(0.05, 0.9)).get(fusion));
        List<MultiDataSet> batches = new ArrayList<>();
        for (int seed = 0; seed < 4; seed++) {
            batches.add(Fusions.batchFor(fusion, EXAMPLES, seed));
        }
        graph.fit(new Batches(batches), 3);
        UnimodalEvaluation found = ModulatedOptimizer.evaluate(graph, new Batches(batches));
        for (String modality : List.of("audio", "visual")) {
            Evaluation expected = new Evaluation();
            for (MultiDataSet batch : batches) {
                INDArray answer =
                        Alone.predictions(
                                graph,
                                (org.nd4j.linalg.dataset.MultiDataSet) batch,
                                List.of("audio_fc", "visual_fc"),
                                Collections.singleton(modality + "_fc"),
                                null)[0];
                expected.eval(batch.getLabels(0), answer);
                INDArray read = Read.alone(graph, batch, modality).get("out");
                Compare.close(answer, read, 1e-12, modality);
            }
            Evaluation actual = found.alone(modality).classes();
            assertEquals(expected.confusionToString(), actual.confusionToString());
            assertEquals(4 * EXAMPLES, found.alone(modality).examples());
        }
        assertTrue(
                Compare.differ(
                        Read.alone(graph, batches.get(0), "audio").get("out"),
                        Read.alone(graph, batches.get(0), "visual").get("out")));
    }
}
