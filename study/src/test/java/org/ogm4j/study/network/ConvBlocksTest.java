package org.ogm4j.study.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;

/** DL4J's batch norm never applies the activation that its configuration has. */
class ConvBlocksTest {

    private static final Training TRAINING = new Training(Updater.NESTEROVS, 0.01);

    /** What a convolution reads from batch norm has no negative numbers, in training and after. */
    @ParameterizedTest
    @EnumSource(
            value = EncoderKind.class,
            names = {"CNN", "RESNET18"})
    void everyConvolutionBehindBatchNormReadsItsRelu(EncoderKind kind) {
        InputType type = InputType.convolutional(32, 32, 1);
        List<Branch> both =
                List.of(
                        new Branch("a", type, false, new EncoderSize(kind)),
                        new Branch("b", type, false, new EncoderSize(kind)));
        GraphBuilder builder =
                MultimodalNetwork.fused(both, Fusion.CONCAT, Answer.classes(2), TRAINING, 1);
        ComputationGraph graph = new ComputationGraph(builder.build());
        graph.init();
        Map<String, List<String>> inputs = graph.getConfiguration().getVertexInputs();
        INDArray[] examples = {Nd4j.randn(3, 1, 32, 32), Nd4j.randn(3, 1, 32, 32)};
        for (boolean training : new boolean[] {true, false}) {
            Map<String, INDArray> all = graph.feedForward(examples, training);
            int count = 0;
            for (String vertex : all.keySet()) {
                String from = inputs.get(vertex) == null ? "" : inputs.get(vertex).get(0);
                if (vertex.endsWith("-conv") && !List.of("a", "b").contains(from)) {
                    assertTrue(all.get(from).minNumber().doubleValue() >= 0, vertex);
                    count++;
                }
            }
            assertEquals(kind == EncoderKind.CNN ? 2 * 3 : 2 * 19, count);
        }
    }

    /** The ReLU of what batch norm says, and nothing else. */
    @Test
    void theReluIsThatOfBatchNorm() {
        Branch only =
                new Branch(
                        "a",
                        InputType.convolutional(9, 9, 1),
                        false,
                        new EncoderSize(EncoderKind.CNN));
        Branch other = new Branch("b", InputType.feedForward(2), false, EncoderSize.DEFAULT);
        ComputationGraph graph =
                new ComputationGraph(
                        MultimodalNetwork.configuration(
                                List.of(only, other),
                                Fusion.CONCAT,
                                Answer.classes(2),
                                TRAINING,
                                1));
        graph.init();
        Map<String, INDArray> all =
                graph.feedForward(new INDArray[] {Nd4j.randn(4, 1, 9, 9), Nd4j.randn(4, 2)}, true);
        for (int i = 1; i <= 4; i++) {
            INDArray norm = all.get("a-%d-norm".formatted(i));
            assertTrue(norm.minNumber().doubleValue() < 0);
            assertEquals(Transforms.relu(norm, true), all.get("a-%d-relu".formatted(i)));
        }
    }
}
