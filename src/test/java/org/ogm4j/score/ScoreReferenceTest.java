package org.ogm4j.score;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.activations.impl.ActivationSigmoid;
import org.nd4j.linalg.activations.impl.ActivationSoftmax;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.lossfunctions.impl.LossBinaryXENT;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;
import org.nd4j.linalg.lossfunctions.impl.LossMSE;
import org.nd4j.linalg.lossfunctions.impl.LossSparseMCXENT;
import org.nd4j.shade.jackson.databind.JsonNode;
import org.ogm4j.math.DiscrepancyRatio;
import org.ogm4j.testing.Compare;
import org.ogm4j.testing.Reference;

/** Scores of given logits against numbers computed elsewhere. */
class ScoreReferenceTest {

    private static final double RTOL = 1e-10;
    private static final OutputLoss CROSS_ENTROPY =
            new OutputLoss(new LossMCXENT(), new ActivationSoftmax());

    @Test
    void scoresOfClassesEqualTheReference() {
        for (JsonNode reference : Reference.cases("coefficients.json")) {
            for (Map.Entry<String, JsonNode> modality :
                    Reference.fields(reference.get("logits")).entrySet()) {
                INDArray logits = Reference.array(modality.getValue());
                INDArray labels = Reference.oneHot(reference.get("labels"), (int) logits.size(1));
                double[] losses =
                        RowLosses.of(new Truth(labels, null, CROSS_ENTROPY), logits).losses();
                Compare.close(
                        Reference.vector(reference.get("scores").get(modality.getKey())),
                        Arrays.stream(losses).map(l -> Math.exp(-l)).toArray(),
                        RTOL,
                        0,
                        "score");
            }
        }
    }

    static Stream<Arguments> kinds() {
        return Reference.cases("scores.json").stream()
                .map(kind -> Arguments.of(kind.get("name").asText(), kind));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("kinds")
    void scoresOfEveryKindOfLabelEqualTheReference(String name, JsonNode kind) {
        OutputLoss loss = loss(name, kind);
        boolean regression = name.startsWith("regression");
        INDArray labels = Reference.array(kind.get(regression ? "targets" : "labels"));
        INDArray mask = kind.has("mask") ? Reference.array(kind.get("mask")) : null;
        List<Map<String, ExampleLosses>> modalities = new ArrayList<>();
        for (JsonNode logits :
                Reference.fields(kind.get(regression ? "predictions" : "logits")).values()) {
            RowLosses rows = RowLosses.of(new Truth(labels, mask, loss), Reference.array(logits));
            modalities.add(
                    Map.of("out", new ExampleLosses(loss.kind(), (int) labels.size(0), rows)));
        }
        double[] scores = BatchScores.of(modalities);
        Compare.close(values(kind.get("scores")), scores, RTOL, 0, "scores");
        Compare.close(values(kind.get("ratios")), DiscrepancyRatio.of(scores), RTOL, 0, "ratios");
    }

    private static OutputLoss loss(String name, JsonNode kind) {
        if (name.startsWith("regression")) {
            return new OutputLoss(new LossMSE(), new ActivationIdentity());
        }
        if (name.startsWith("multilabel")) {
            return new OutputLoss(new LossBinaryXENT(), new ActivationSigmoid());
        }
        if (name.equals("sparse")) {
            return new OutputLoss(new LossSparseMCXENT(), new ActivationSoftmax());
        }
        INDArray weights = kind.has("weights") ? Reference.array(kind.get("weights")) : null;
        return new OutputLoss(new LossMCXENT(weights), new ActivationSoftmax());
    }

    private static double[] values(JsonNode byModality) {
        return Reference.fields(byModality).values().stream()
                .mapToDouble(JsonNode::asDouble)
                .toArray();
    }
}
