package org.ogm4j.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.learning.config.Adam;
import org.ogm4j.AdamVariant;
import org.ogm4j.AdamVariant.Coefficients;
import org.ogm4j.AdamVariant.Epsilon;
import org.ogm4j.AdamVariant.Norm;
import org.ogm4j.ModalityStep;
import org.ogm4j.ModulatedOptimizer;
import org.ogm4j.testing.Fusions;
import org.ogm4j.testing.Logs;
import org.ogm4j.testing.Nets;
import org.slf4j.LoggerFactory;

/** p never slows a modality that does not lead, with either norm and on odd input. */
class HeldBackTest {

    private static ComputationGraph graph(ModulatedOptimizer.Builder builder) {
        return Nets.init(builder.build().modulate(Nets.dense(new Adam(0.01))));
    }

    private static List<ModalityStep> fit(ComputationGraph graph, MultiDataSet batch) {
        graph.fit(batch);
        return List.copyOf(
                ModulatedOptimizer.lastModulation(graph).orElseThrow().modalities().values());
    }

    @ParameterizedTest
    @EnumSource(Norm.class)
    void aModalityThatIsBehindKeepsPOne(Norm norm) {
        AdamVariant variant = AdamVariant.standard();
        for (double scale : new double[] {0.01, 1, 100}) {
            ComputationGraph graph =
                    graph(
                            ModulatedOptimizer.builder()
                                    .adam(
                                            norm == Norm.LITERAL
                                                    ? variant.withLiteralNorm()
                                                    : variant));
            boolean acted = false;
            for (int t = 0; t < 40; t++) {
                MultiDataSet batch = Nets.batch(16, t);
                batch.getFeatures(0).muli(scale);
                for (ModalityStep m : fit(graph, batch)) {
                    assertTrue(m.ratio() > 1 || m.momentCoefficient() == 1, m.toString());
                    acted |= m.momentCoefficient() < 1;
                }
            }
            assertTrue(acted, "p must act");
        }
    }

    /** A rule that speeds a modality up may do so. */
    @Test
    void aRuleMaySpeedUp() {
        ComputationGraph graph = graph(ModulatedOptimizer.builder().rule(ratio -> 2));
        fit(graph, Nets.batch(16, 0));
        for (ModalityStep m : fit(graph, Nets.batch(16, 1))) {
            assertEquals(2, m.momentCoefficient());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void scoresThatAreHeldSayWhoLeads(int every) {
        ComputationGraph graph = graph(ModulatedOptimizer.builder().scoreEvery(every));
        for (int t = 0; t < 20; t++) {
            for (ModalityStep m : fit(graph, Nets.batch(16, t))) {
                assertTrue(m.ratio() > 1 || m.momentCoefficient() == 1, m.toString());
            }
        }
    }

    /** Steps that are masked count in no length: whatever stands there, p is the same. */
    @Test
    void maskedStepsHaveNoPartInP() {
        List<Double> p = new ArrayList<>();
        for (double padding : new double[] {0, 1, -3}) {
            ComputationGraph graph =
                    Nets.init(
                            ModulatedOptimizer.builder()
                                    .rule(ratio -> 1 / ratio)
                                    .build()
                                    .modulate(Nets.recurrent(new Adam(1e-12)).build()));
            for (int t = 0; t < 2; t++) {
                fit(graph, padded(t, padding));
            }
            p.add(
                    fit(graph, padded(2, padding)).stream()
                            .mapToDouble(ModalityStep::momentCoefficient)
                            .max()
                            .orElseThrow());
        }
        assertNotEquals(1, p.get(0));
        assertEquals(p.get(0), p.get(1), 1e-9);
        assertEquals(p.get(0), p.get(2), 1e-9);
    }

    /** Sequences of 5 steps whose last 2 are masked in the labels, and hold some number. */
    private static MultiDataSet padded(int seed, double padding) {
        MultiDataSet batch = Nets.sequences(6, 5, seed);
        for (INDArray features : batch.getFeatures()) {
            features.get(NDArrayIndex.all(), NDArrayIndex.all(), NDArrayIndex.interval(3, 5))
                    .assign(padding);
        }
        INDArray mask = Nd4j.ones(DataType.DOUBLE, 6, 5);
        mask.get(NDArrayIndex.all(), NDArrayIndex.interval(3, 5)).assign(0);
        return new MultiDataSet(
                batch.getFeatures(), batch.getLabels(), null, new INDArray[] {mask});
    }

    /** One class only, one example only, half and single precision. */
    @ParameterizedTest
    @EnumSource(
            value = DataType.class,
            names = {"DOUBLE", "FLOAT", "HALF"})
    void oddBatches(DataType type) {
        var conf = Nets.dense(Nets.base(new Adam(0.01, 0.9, 0.999, 1e-3)).dataType(type));
        ComputationGraph graph = Nets.init(ModulatedOptimizer.builder().build().modulate(conf));
        Random random = new Random(1);
        for (int t = 0; t < 12; t++) {
            int m = t % 2 == 0 ? 1 : 6;
            INDArray labels = Nd4j.zeros(type, m, Nets.CLASSES);
            labels.get(NDArrayIndex.all(), NDArrayIndex.point(1)).assign(1);
            INDArray[] features = {
                Nets.gaussian(random, m, 5).castTo(type), Nets.gaussian(random, m, 6).castTo(type)
            };
            for (ModalityStep step :
                    fit(graph, new MultiDataSet(features, new INDArray[] {labels}))) {
                assertTrue(step.momentCoefficient() >= 0 && step.momentCoefficient() <= 1);
            }
            double sum = graph.params().castTo(DataType.DOUBLE).sumNumber().doubleValue();
            assertTrue(Double.isFinite(sum), "step " + t);
        }
    }

    @Test
    void isSaidOnce() throws ReflectiveOperationException {
        Object logger = LoggerFactory.getLogger(BatchLog.class);
        var level = logger.getClass().getDeclaredField("currentLogLevel");
        level.setAccessible(true);
        Object before = level.get(logger);
        level.set(logger, 20); // info
        String log;
        try {
            log =
                    Logs.of(
                            () -> {
                                ComputationGraph graph = graph(ModulatedOptimizer.builder());
                                for (int t = 0; t < 40; t++) {
                                    MultiDataSet batch = Nets.batch(16, t);
                                    fit(graph, batch);
                                }
                            });
        } finally {
            level.set(logger, before);
        }
        for (String name : List.of("audio", "visual")) {
            int times = log.split("on modality \"" + name + "\", whose score is behind").length - 1;
            assertTrue(times <= 1, log);
        }
        assertTrue(log.contains("it keeps p = 1. Said once."), log);
    }

    @Test
    void statesOfTheVariantCannotBeMixedUp() {
        AdamVariant off = AdamVariant.off();
        assertEquals(off, off.withLiteralNorm());
        assertEquals(off, off.withoutMomentCoefficient());
        assertEquals(off, new AdamVariant(Coefficients.OFF, Epsilon.INSIDE_ROOT, Norm.LITERAL));
        AdamVariant step = AdamVariant.standard().withoutMomentCoefficient();
        assertEquals(step, step.withLiteralNorm());
        assertEquals(step, AdamVariant.standard().withLiteralNorm().withoutMomentCoefficient());
        AdamVariant moment = AdamVariant.standard().withoutStepCoefficient();
        AdamVariant neither = step.withoutStepCoefficient();
        assertEquals(off, off.withoutStepCoefficient());
        assertEquals(neither, moment.withoutMomentCoefficient());
        assertEquals(neither, neither.withoutStepCoefficient().withoutMomentCoefficient());
        assertTrue(moment.momentCoefficient() && !moment.stepCoefficient());
        assertTrue(step.stepCoefficient() && !step.momentCoefficient());
        assertTrue(neither.active() && off.stepCoefficient());
        assertEquals(Norm.LITERAL, moment.withLiteralNorm().norm());
        assertEquals(Norm.SCALE_FREE, neither.withLiteralNorm().norm());
        assertEquals(Norm.SCALE_FREE, AdamVariant.standard().norm());
        assertEquals(
                Norm.LITERAL, AdamVariant.standard().withLiteralNorm().withEpsilonOutside().norm());
        assertThrows(
                IllegalArgumentException.class,
                () -> new AdamVariant(Coefficients.STEP, Epsilon.INSIDE_ROOT, null));
    }

    @Test
    void theNormIsReadableInJson() {
        String json =
                ModulatedOptimizer.builder()
                        .adam(AdamVariant.standard().withLiteralNorm())
                        .build()
                        .modulate(Nets.dense(new Adam(0.01)))
                        .toJson();
        assertTrue(json.contains("\"norm\" : \"LITERAL\""), json);
        assertTrue(!json.contains("SCALE_FREE"), json);
    }

    /** Zero-out has no gradient of a head, so its updaters keep nothing for p. */
    @Test
    void withoutHeadsThereIsNoStateForP() {
        ComputationGraph film =
                Nets.init(
                        ModulatedOptimizer.builder()
                                .build()
                                .modulate(Fusions.film(new Adam(0.01))));
        ComputationGraph without =
                Nets.init(
                        ModulatedOptimizer.builder()
                                .adam(AdamVariant.standard().withoutMomentCoefficient())
                                .build()
                                .modulate(Fusions.film(new Adam(0.01))));
        assertEquals(
                without.getUpdater().getUpdaterStateViewArray().length(),
                film.getUpdater().getUpdaterStateViewArray().length());
    }
}
