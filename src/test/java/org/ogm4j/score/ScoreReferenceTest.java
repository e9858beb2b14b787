package org.ogm4j.score;

import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.impl.ActivationSoftmax;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;
import org.nd4j.shade.jackson.databind.JsonNode;
import org.ogm4j.testing.Compare;
import org.ogm4j.testing.Reference;

class ScoreReferenceTest {

    @Test
    void scoresOfGivenLogitsEqualTheReference() {
        for (JsonNode reference : Reference.cases("coefficients.json")) {
            for (Map.Entry<String, JsonNode> modality :
                    Reference.fields(reference.get("logits")).entrySet()) {
                INDArray logits = Reference.array(modality.getValue());
                INDArray labels = Reference.oneHot(reference.get("labels"), (int) logits.size(1));
                double[] losses =
                        RowLosses.of(
                                new LossMCXENT(), new ActivationSoftmax(), labels, logits, null);
                double[] scores = Arrays.stream(losses).map(l -> Math.exp(-l)).toArray();
                Compare.close(
                        Reference.vector(reference.get("scores").get(modality.getKey())),
                        scores,
                        1e-10,
                        0,
                        "score");
            }
        }
    }
}
