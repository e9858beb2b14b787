package org.ogm4j.presence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.graph.PreprocessorVertex;
import org.deeplearning4j.nn.conf.graph.StackVertex;
import org.deeplearning4j.nn.conf.graph.UnstackVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;
import org.deeplearning4j.nn.conf.preprocessor.BaseInputPreProcessor;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.RmsProp;
import org.nd4j.linalg.learning.config.Sgd;
import org.ogm4j.GradientNoise;
import org.ogm4j.MissingModality;
import org.ogm4j.ModulatedOptimizer;
import org.ogm4j.ModulationListener;
import org.ogm4j.ScoreSource;
import org.ogm4j.testing.Fusions;
import org.ogm4j.testing.Missing;
import org.ogm4j.testing.Nets;
import org.ogm4j.testing.Thrown;
import org.ogm4j.testing.UnimodalNets;

/** What trains as a plain network trains with missing modalities too. */
class OddNetworksTest {

    private static final int EXAMPLES = 6;

    static Stream<Arguments> networks() {
        MultiDataSet vectors = Nets.batch(EXAMPLES, 1);
        INDArray labels = vectors.getLabels(0);
        Random random = new Random(3);
        MultiDataSet tokens =
                new MultiDataSet(
                        new INDArray[] {
                            Nets.gaussian(random, EXAMPLES, 2, 3),
                            Nets.gaussian(random, EXAMPLES, 3, 4)
                        },
                        new INDArray[] {labels});
        List<Arguments> all = new ArrayList<>();
        all.add(Arguments.of("self-attention", Fusions.selfAttention(new Sgd(0.1)), tokens));
        all.add(Arguments.of("cross-attention", Fusions.crossAttention(new Sgd(0.1)), tokens));
        all.add(Arguments.of("recurrent fusion", Fusions.recurrent(new Sgd(0.1)), tokens));
        all.add(Arguments.of("batch norm", Fusions.deep(new Sgd(0.1)), vectors));
        all.add(Arguments.of("Adam", Nets.dense(new Adam(0.01)), vectors));
        all.add(Arguments.of("RmsProp", Fusions.film(new RmsProp(0.01)), vectors));
        all.add(Arguments.of("frozen", frozen(), vectors));
        all.add(Arguments.of("shared encoder", stacked(), same(labels)));
        all.add(
                Arguments.of(
                        "half",
                        Nets.dense(Nets.base().dataType(DataType.FLOAT16)),
                        Nets.batch(EXAMPLES, 1, DataType.FLOAT16)));
        return all.stream();
    }

    private static ComputationGraphConfiguration frozen() {
        return Nets.base()
                .graphBuilder()
                .addInputs("audio", "visual")
                .addLayer(
                        "audio_first",
                        new FrozenLayer.Builder().layer(Nets.layer(4)).build(),
                        "audio")
                .addLayer("audio_fc", Nets.layer(4), "audio_first")
                .addLayer("visual_fc", Nets.layer(7), "visual")
                .addVertex("concat", new MergeVertex(), "audio_fc", "visual_fc")
                .addLayer("out", Nets.output(), "concat")
                .setOutputs("out")
                .setInputTypes(InputType.feedForward(5), InputType.feedForward(6))
                .build();
    }

    /** Two views of audio through one layer, in blocks of rows. */
    private static ComputationGraphConfiguration stacked() {
        return Nets.base()
                .graphBuilder()
                .addInputs("left", "right", "visual")
                .addVertex("both", new StackVertex(), "left", "right")
                .addLayer("audio_fc", new DenseLayer.Builder().nIn(5).nOut(4).build(), "both")
                .addVertex("left_fc", new UnstackVertex(0, 2), "audio_fc")
                .addVertex("right_fc", new UnstackVertex(1, 2), "audio_fc")
                .addLayer("visual_fc", new DenseLayer.Builder().nIn(5).nOut(4).build(), "visual")
                .addVertex("concat", new MergeVertex(), "left_fc", "right_fc", "visual_fc")
                .addLayer("hidden", new DenseLayer.Builder().nIn(12).nOut(4).build(), "concat")
                .addLayer("out", output(4), "hidden")
                .setOutputs("out")
                .build();
    }

    private static org.deeplearning4j.nn.conf.layers.OutputLayer output(int in) {
        var out = Nets.output();
        out.setNIn(in);
        return out;
    }

    private static MultiDataSet same(INDArray labels) {
        Random random = new Random(4);
        return new MultiDataSet(
                new INDArray[] {
                    Nets.gaussian(random, EXAMPLES, 5),
                    Nets.gaussian(random, EXAMPLES, 5),
                    Nets.gaussian(random, EXAMPLES, 5)
                },
                new INDArray[] {labels});
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("networks")
    void train(String name, ComputationGraphConfiguration conf, MultiDataSet full) {
        for (Missing sign : List.of(Missing.ZEROS, Missing.NANS)) {
            ModulatedOptimizer.Builder options =
                    ModulatedOptimizer.builder().missing(sign.option());
            if (full.getFeatures().length == 3) {
                options.modality("audio", "left", "right").modality("visual", "visual");
            }
            ComputationGraph graph = Nets.modulated(options, conf);
            for (int step = 0; step < 3; step++) {
                boolean[] audio = Missing.atRandom(EXAMPLES, 0.4, 10 + step);
                boolean[] visual = Missing.atRandom(EXAMPLES, 0.3, 20 + step);
                graph.fit(
                        full.getFeatures().length == 3
                                ? sign.in(full, audio, audio, visual)
                                : sign.in(full, audio, visual));
            }
            assertTrue(Double.isFinite(graph.params().sumNumber().doubleValue()), name);
            var last = ModulatedOptimizer.lastModulation(graph).orElseThrow();
            assertEquals(0, last.refusedBatches(), name);
            assertEquals(2, last.iteration(), name);
        }
    }

    /** The guide's way out where DL4J's pooling of a sequence masked whole is NaN. */
    @Test
    void oneUnmaskedStepOfZeros() {
        ComputationGraphConfiguration conf =
                Nets.recurrentEncoders(new Sgd(0.1))
                        .addLayer(
                                "audio_mean", new GlobalPoolingLayer(PoolingType.AVG), "audio_rnn")
                        .addLayer(
                                "visual_mean",
                                new GlobalPoolingLayer(PoolingType.MAX),
                                "visual_rnn")
                        .addVertex("concat", new MergeVertex(), "audio_mean", "visual_mean")
                        .addLayer("out", Nets.output(), "concat")
                        .setOutputs("out")
                        .build();
        MultiDataSet batch = Nets.sequences(EXAMPLES, 4, 1);
        batch.setLabels(new INDArray[] {Nets.batch(EXAMPLES, 1).getLabels(0)});
        INDArray mask = Nd4j.ones(DataType.DOUBLE, EXAMPLES, 4);
        mask.get(NDArrayIndex.point(2), NDArrayIndex.interval(1, 4)).assign(0);
        batch.getFeatures(0).slice(2).assign(0);
        batch.setFeaturesMaskArrays(new INDArray[] {mask, null});
        ComputationGraph graph =
                Nets.modulated(ModulatedOptimizer.builder().missing(MissingModality.zeros()), conf);
        graph.fit(batch);
        assertTrue(Double.isFinite(graph.params().sumNumber().doubleValue()));
        var steps = ModulatedOptimizer.lastModulation(graph).orElseThrow();
        assertEquals(0, steps.refusedBatches());
        double whole = steps.modalities().get("audio").score();
        ComputationGraph others =
                Nets.modulated(ModulatedOptimizer.builder().missing(MissingModality.zeros()), conf);
        boolean[] has = {true, true, false, true, true, true};
        others.fit(Missing.only(batch, has));
        assertEquals(
                ModulatedOptimizer.lastModulation(others)
                        .orElseThrow()
                        .modalities()
                        .get("audio")
                        .score(),
                whole,
                1e-12);
    }

    /** Somebody's own: the first half of the rows once more behind all of them, or taken off. */
    public static final class OnceAndAHalf extends BaseInputPreProcessor {

        private static final long serialVersionUID = 1L;

        private final boolean off;

        OnceAndAHalf(boolean off) {
            this.off = off;
        }

        private static INDArray more(INDArray array) {
            return Nd4j.concat(0, array, rows(array, 0, EXAMPLES / 2).dup());
        }

        private static INDArray rows(INDArray array, long from, long to) {
            return array.get(NDArrayIndex.interval(from, to), NDArrayIndex.all());
        }

        @Override
        public INDArray preProcess(INDArray input, int miniBatchSize, LayerWorkspaceMgr spaces) {
            INDArray out = off ? rows(input, 0, EXAMPLES).dup() : more(input);
            return spaces.leverageTo(ArrayType.ACTIVATIONS, out);
        }

        @Override
        public INDArray backprop(INDArray output, int miniBatchSize, LayerWorkspaceMgr spaces) {
            INDArray error = off ? more(output) : rows(output, 0, EXAMPLES).dup();
            INDArray last = rows(error, error.size(0) - EXAMPLES / 2, error.size(0));
            if (off) {
                last.assign(0);
            } else {
                rows(error, 0, EXAMPLES / 2).addi(rows(output, EXAMPLES, output.size(0)));
            }
            return spaces.leverageTo(ArrayType.ACTIVATION_GRAD, error);
        }

        @Override
        public InputType getOutputType(InputType inputType) {
            return inputType;
        }
    }

    private static ComputationGraphConfiguration onceAndAHalf() {
        return Nets.encoders()
                .addVertex(
                        "audio_more", new PreprocessorVertex(new OnceAndAHalf(false)), "audio_fc")
                .addVertex(
                        "visual_more", new PreprocessorVertex(new OnceAndAHalf(false)), "visual_fc")
                .addVertex("concat", new MergeVertex(), "audio_more", "visual_more")
                .addLayer("hidden", Nets.layer(4), "concat")
                .addVertex("less", new PreprocessorVertex(new OnceAndAHalf(true)), "hidden")
                .addLayer("out", Nets.output(), "less")
                .setOutputs("out")
                .setInputTypes(InputType.feedForward(5), InputType.feedForward(6))
                .build();
    }

    /** Nobody knows whose rows they are. That is only seen in training, and said in words. */
    @Test
    void rowsOfNobodyAreNamed() {
        MultiDataSet batch = Nets.batch(EXAMPLES, 1);
        ModulatedOptimizer.Builder options =
                ModulatedOptimizer.builder()
                        .score(ScoreSource.zeroOut())
                        .noise(GradientNoise.none())
                        .missing(MissingModality.zeros());
        Nets.init(onceAndAHalf()).fit(batch);
        ComputationGraph graph = Nets.modulated(options, onceAndAHalf());
        graph.fit(batch);
        assertTrue(ModulatedOptimizer.lastModulation(graph).isPresent());
        batch.getFeatures(0).getRow(2).assign(0);
        String message = Thrown.message(RuntimeException.class, () -> graph.fit(batch));
        assertEquals(
                "rows at \"concat\" must be one or more for each of the 6 examples, got 9, made by a vertex that is not DL4J's: noise per example, dropped features and missing modalities have to know whose a row is. Use GradientNoise.none(), leave out dropFeatures(...), and give no example whose modality is missing",
                message);
    }

    /** Measuring is no reason to refuse a batch: with a masked label it is left out. */
    @Test
    void rowsOfNobodyAreNotMeasured() {
        ModulatedOptimizer.Builder options =
                ModulatedOptimizer.builder()
                        .score(ScoreSource.zeroOut())
                        .noise(GradientNoise.none());
        ComputationGraph graph = Nets.modulated(options, onceAndAHalf());
        graph.setListeners(new ModulationListener(step -> {}));
        for (MultiDataSet batch :
                List.of(Nets.batch(6, 1), UnimodalNets.masked(Nets.batch(6, 1)))) {
            graph.fit(batch);
            boolean masked = batch.getLabelsMaskArrays() != null;
            ModulatedOptimizer.lastModulation(graph)
                    .orElseThrow()
                    .modalities()
                    .forEach(
                            (name, step) -> {
                                assertTrue(step.loss() > 0, name);
                                assertEquals(masked, Double.isNaN(step.signals().joint()), name);
                            });
        }
    }
}
