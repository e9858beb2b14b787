package org.ogm4j.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.CacheMode;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.memory.MemoryReport;
import org.deeplearning4j.nn.conf.memory.MemoryUseMode;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.learning.config.Sgd;
import org.ogm4j.ModulatedOptimizer;
import org.ogm4j.ScoreSource;
import org.ogm4j.testing.Fusions;
import org.ogm4j.testing.Nets;

/** What DL4J tells of a network without training it. */
class SummaryTest {

    private static final InputType[] TYPES = {InputType.feedForward(5), InputType.feedForward(6)};

    static Stream<ComputationGraphConfiguration> networks() {
        return Stream.of(Nets.dense(), Nets.sum(), Fusions.film(new Sgd(0.1)));
    }

    @ParameterizedTest
    @MethodSource("networks")
    void gatesChangeNothingOfIt(ComputationGraphConfiguration plain) {
        ComputationGraphConfiguration conf = ModulatedOptimizer.builder().build().modulate(plain);
        assertEquals(plain.getLayerActivationTypes(TYPES), conf.getLayerActivationTypes(TYPES));
        assertEquals(memory(plain), memory(conf));
        ComputationGraph graph = Nets.init(conf);
        ComputationGraph same = Nets.init(plain);
        assertEquals(afterNames(same.summary()), afterNames(graph.summary()));
        assertEquals(afterNames(same.summary(TYPES)), afterNames(graph.summary(TYPES)));
    }

    @Test
    void probesAreListed() {
        ComputationGraphConfiguration plain = Nets.dense();
        ComputationGraphConfiguration conf =
                ModulatedOptimizer.builder()
                        .score("audio", ScoreSource.probe())
                        .build()
                        .modulate(plain);
        Map<String, InputType> types = conf.getLayerActivationTypes(TYPES);
        assertEquals(InputType.feedForward(Nets.CLASSES), types.get("probe-audio"));
        String summary = Nets.init(conf).summary(TYPES);
        assertTrue(summary.contains("probe-audio"), summary);
        assertTrue(memory(conf) > memory(plain));
    }

    private static long memory(ComputationGraphConfiguration conf) {
        MemoryReport report = conf.getMemoryReport(TYPES);
        return report.getTotalMemoryBytes(
                8, MemoryUseMode.TRAINING, CacheMode.NONE, DataType.DOUBLE);
    }

    /** The names of vertices have the names of their classes beside them, which differ. */
    private static String afterNames(String summary) {
        return summary.replaceAll("\\([A-Za-z]+\\)|[ =]+|-{3,}", " ");
    }
}
