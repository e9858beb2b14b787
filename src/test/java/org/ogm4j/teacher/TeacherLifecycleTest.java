package org.ogm4j.teacher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.ogm4j.testing.TeacherNets.parameters;
import static org.ogm4j.testing.TeacherNets.taught;
import static org.ogm4j.testing.TeacherNets.teacher;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.deeplearning4j.datasets.iterator.IteratorMultiDataSetIterator;
import org.deeplearning4j.nn.conf.BackpropType;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.optimize.solvers.accumulation.EncodedGradientsAccumulator;
import org.deeplearning4j.optimize.solvers.accumulation.GradientsAccumulator;
import org.deeplearning4j.optimize.solvers.accumulation.encoding.threshold.FixedThresholdAlgorithm;
import org.deeplearning4j.parallelism.ParallelWrapper;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.Sgd;
import org.ogm4j.Distillation;
import org.ogm4j.MissingModality;
import org.ogm4j.ModulatedOptimizer;
import org.ogm4j.ScoreSource;
import org.ogm4j.rewrite.Rewrite;
import org.ogm4j.testing.Compare;
import org.ogm4j.testing.Nets;
import org.ogm4j.testing.Resuming;
import org.ogm4j.testing.Thrown;

/** Networks with teachers are saved, read, copied, converted, replicated and stripped. */
class TeacherLifecycleTest {

    private static final int EXAMPLES = 8;
    private static final MultiDataSet BATCH = Nets.batch(EXAMPLES, 1);
    private static final Distillation BOTH = Distillation.features(2).andLogits(0.5);

    static Stream<Distillation> distillations() {
        return Stream.of(Distillation.features(3), Distillation.logits(2), BOTH);
    }

    @ParameterizedTest
    @MethodSource("distillations")
    void savedAndResumedItEqualsUnbroken(Distillation distillation, @TempDir Path folder)
            throws Exception {
        for (ScoreSource source :
                List.of(ScoreSource.head(), ScoreSource.probe(), ScoreSource.zeroOut())) {
            ComputationGraphConfiguration linear = Nets.dense(new Nesterovs(0.05, 0.9));
            Resuming.assertEqualsUnbroken(
                    taught(linear, distillation).score(source).build().modulate(linear), folder);
        }
        ComputationGraphConfiguration adaptive = Nets.dense(new Adam(0.01));
        Resuming.assertEqualsUnbroken(
                taught(adaptive, distillation).build().modulate(adaptive), folder);
    }

    /** JSON brings parameters along only as long as no network holds them. */
    @Test
    void jsonBringsParametersUntilANetworkHoldsThem() {
        ComputationGraphConfiguration conf = Nets.dense();
        ComputationGraphConfiguration modulated = taught(conf, BOTH).build().modulate(conf);
        String json = modulated.toJson();
        ComputationGraph graph = Nets.init(modulated);
        ComputationGraph read = Nets.init(ComputationGraphConfiguration.fromJson(json));
        Compare.same(graph.params(), read.params(), "parameters");
        String later = graph.getConfiguration().toJson();
        assertTrue(later.length() < json.length());
        assertFalse(later.contains("\"parameters\""), later);
        assertEquals(modulated, ComputationGraphConfiguration.fromJson(later));
        ComputationGraph without = Nets.init(ComputationGraphConfiguration.fromJson(later));
        assertEquals(
                "teacher of modality \"audio\" must have parameters, got zeros: the JSON of a network's configuration leaves them out; keep the network with ModelSerializer, or the configuration as modulate gives it, before init()",
                Thrown.message(IllegalStateException.class, () -> without.fit(BATCH)));
        ComputationGraph given = Nets.init(ComputationGraphConfiguration.fromJson(later));
        given.setParams(graph.params());
        given.fit(BATCH);
        graph.fit(BATCH);
        Compare.same(graph.params(), given.params(), "given parameters");
    }

    /** In memory a configuration makes as many networks as one likes. */
    @Test
    void aConfigurationMakesSeveralNetworks() throws Exception {
        ComputationGraphConfiguration conf = Nets.dense();
        ComputationGraphConfiguration modulated = taught(conf, BOTH).build().modulate(conf);
        ComputationGraph first = Nets.init(modulated);
        INDArray teacher = parameters(first, "audio").dup();
        List<ComputationGraphConfiguration> others = new ArrayList<>();
        others.add(modulated);
        others.add(modulated.clone());
        others.add(sent(modulated));
        others.add(sent(taught(conf, BOTH).build().modulate(conf)));
        for (ComputationGraphConfiguration other : others) {
            ComputationGraph graph = Nets.init(other);
            assertEquals(modulated, other);
            Compare.same(teacher, parameters(graph, "audio"), "teacher");
        }
        Nets.init(others.get(1)).fit(BATCH);
        Compare.same(teacher, parameters(first.clone(), "audio"), "clone");
    }

    private static ComputationGraphConfiguration sent(ComputationGraphConfiguration conf)
            throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(conf);
        }
        try (ObjectInputStream in =
                new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            return (ComputationGraphConfiguration) in.readObject();
        }
    }

    @Test
    void stripGivesThePlainNetworkBack() {
        ComputationGraphConfiguration conf = Nets.dense(new Nesterovs(0.01, 0.9));
        ComputationGraph graph = Nets.init(taught(conf, BOTH).build().modulate(conf));
        Resuming.train(graph, 0, 3);
        ComputationGraph plain = ModulatedOptimizer.strip(graph);
        assertEquals(conf, Rewrite.strip(taught(conf, BOTH).build().modulate(conf)));
        assertEquals(conf.getVertices().keySet(), plain.getConfiguration().getVertices().keySet());
        assertFalse(plain.getConfiguration().toJson().contains("ogm4j"));
        plain.paramTable()
                .forEach((name, own) -> Compare.same(graph.getParam(name), own, "strip, " + name));
        ComputationGraph again = taught(conf, BOTH).build().modulate(plain);
        Compare.same(graph.params(), again.params(), "modulated again");
        Compare.same(graph.updaterState(), again.updaterState(), "state");
    }

    /** DL4J converts a whole network, the teacher inside too. */
    @Test
    void aWholeNetworkIsConverted() {
        ComputationGraphConfiguration conf = Nets.dense();
        ComputationGraph graph = Nets.init(taught(conf, BOTH).build().modulate(conf));
        ComputationGraph single = graph.convertDataType(DataType.FLOAT);
        single.fit(Nets.batch(EXAMPLES, 1, DataType.FLOAT));
        assertEquals(DataType.FLOAT, parameters(single, "audio").dataType());
        assertEquals(DataType.DOUBLE, parameters(graph, "audio").dataType());
        graph.fit(BATCH);
        assertTrue(Double.isFinite(graph.score()));
    }

    @ParameterizedTest
    @EnumSource(
            value = ParallelWrapper.TrainingMode.class,
            names = {"AVERAGING", "SHARED_GRADIENTS"})
    void twoReplicasTrainWithTheirTeacher(ParallelWrapper.TrainingMode mode) {
        ComputationGraphConfiguration conf = Nets.dense();
        ComputationGraph graph = Nets.init(taught(conf, BOTH).build().modulate(conf));
        INDArray teacher = parameters(graph, "audio").dup();
        INDArray encoder = graph.getParam("audio_fc_W").dup();
        List<org.nd4j.linalg.dataset.api.MultiDataSet> batches = new ArrayList<>();
        for (int step = 0; step < 12; step++) {
            batches.add(Nets.batch(EXAMPLES, step));
        }
        // DL4J's own choice of a buffer is too small for some small networks
        GradientsAccumulator sharing =
                new EncodedGradientsAccumulator(2, new FixedThresholdAlgorithm(0.01), null, false);
        ParallelWrapper wrapper =
                new ParallelWrapper.Builder<>(graph)
                        .workers(2)
                        .averagingFrequency(1)
                        .trainingMode(mode)
                        .gradientsAccumulator(sharing)
                        .build();
        wrapper.fit(new IteratorMultiDataSetIterator(batches.iterator(), EXAMPLES));
        wrapper.shutdown();
        Compare.same(teacher, parameters(graph, "audio"), "teacher");
        assertTrue(Compare.differ(encoder, graph.getParam("audio_fc_W")));
    }

    @Test
    void aSavedNetworkHoldsItsTeacher(@TempDir Path folder) throws Exception {
        ComputationGraphConfiguration conf = Nets.dense();
        ComputationGraph graph = Nets.init(taught(conf, BOTH).build().modulate(conf));
        File file = folder.resolve("network.zip").toFile();
        ModelSerializer.writeModel(graph, file, true);
        ComputationGraph read = ModelSerializer.restoreComputationGraph(file, true);
        Compare.same(parameters(graph, "audio"), parameters(read, "audio"), "teacher");
    }

    @Test
    void aTeacherThatWasEditedAwayIsMissed() {
        ComputationGraphConfiguration conf = Nets.dense();
        ComputationGraphConfiguration modulated = taught(conf, BOTH).build().modulate(conf);
        modulated.getVertices().remove("teacher-audio");
        modulated.getVertexInputs().remove("teacher-audio");
        ComputationGraph graph = Nets.init(modulated);
        assertEquals(
                "teacher of modality \"audio\" must be in the network, got none: the network was edited after it was modulated; call strip, edit, modulate again",
                Thrown.message(IllegalStateException.class, () -> graph.fit(BATCH)));
    }

    @Test
    void withoutATeacherNothingIsWritten() {
        assertFalse(
                ModulatedOptimizer.builder()
                        .build()
                        .modulate(Nets.dense())
                        .toJson()
                        .contains("distillation"));
        assertNull(Nets.init(Nets.dense()).getVertex("teacher-audio"));
    }

    /** Segments go on where the one before ended, as the encoder's do. */
    @Test
    void truncatedBackpropagationCarriesTheStateOn() {
        ComputationGraphConfiguration conf =
                Nets.recurrent(new Sgd(0.1))
                        .backpropType(BackpropType.TruncatedBPTT)
                        .tBPTTForwardLength(3)
                        .tBPTTBackwardLength(3)
                        .build();
        ComputationGraph teacher = teacher(conf, "audio");
        MultiDataSet batch = Nets.sequences(EXAMPLES, 7, 1);
        INDArray whole =
                teacher.feedForward(new INDArray[] {batch.getFeatures(0)}, false).get("audio_rnn");
        ComputationGraph on =
                Nets.init(
                        ModulatedOptimizer.builder()
                                .teacher("audio", teacher, Distillation.features(1))
                                .build()
                                .modulate(conf));
        Teacher beside = Teacher.of(on, "audio", List.of());
        List<INDArray> said = new ArrayList<>();
        on.setListeners(
                new org.deeplearning4j.optimize.api.BaseTrainingListener() {
                    @Override
                    public void onBackwardPass(org.deeplearning4j.nn.api.Model model) {
                        said.add(beside.lessons().get("audio_rnn").array());
                    }
                });
        on.fit(batch);
        on.fit(batch);
        assertEquals(6, said.size());
        for (int fit = 0; fit < 2; fit++) {
            for (int segment = 0; segment < 3; segment++) {
                INDArray expected =
                        whole.get(
                                NDArrayIndex.all(),
                                NDArrayIndex.all(),
                                NDArrayIndex.interval(3 * segment, Math.min(7, 3 * segment + 3)));
                Compare.close(
                        expected, said.get(3 * fit + segment), 1e-10, 1e-12, "segment " + segment);
            }
        }
    }

    /** Examples without sound teach nothing, and those with sound are still taught. */
    @Test
    void rowsOfNanAreReadAsZeros() {
        ComputationGraphConfiguration conf = Nets.dense();
        List<INDArray> trained = new ArrayList<>();
        for (MissingModality missing : List.of(MissingModality.zeros(), MissingModality.nans())) {
            MultiDataSet batch = Nets.batch(EXAMPLES, 1);
            boolean nans = missing.equals(MissingModality.nans());
            batch.getFeatures(0).getRow(2).assign(nans ? Double.NaN : 0);
            ComputationGraph graph =
                    Nets.init(taught(conf, BOTH).missing(missing).build().modulate(conf));
            graph.fit(batch);
            assertEquals(
                    0, ModulatedOptimizer.lastModulation(graph).orElseThrow().refusedBatches());
            trained.add(graph.params().dup());
        }
        Compare.same(trained.get(0), trained.get(1), "parameters");
    }
}
