package org.ogm4j.math;

import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.nd4j.shade.jackson.databind.JsonNode;
import org.ogm4j.CoefficientRule;
import org.ogm4j.testing.Compare;
import org.ogm4j.testing.Reference;

class CoefficientReferenceTest {

    private static final double RTOL = 1e-10;

    @Test
    void ratiosAndCoefficientsEqualTheReference() {
        for (JsonNode reference : Reference.cases("coefficients.json")) {
            Map<String, JsonNode> scores = Reference.fields(reference.get("scores"));
            double[] sums =
                    scores.values().stream()
                            .mapToDouble(s -> Arrays.stream(Reference.vector(s)).sum())
                            .toArray();
            double[] rho = DiscrepancyRatio.of(sums);
            Compare.close(values(reference.get("ratio")), rho, RTOL, 0, "ratio");

            double alpha = reference.get("alpha").asDouble();
            Compare.close(
                    values(reference.get("k_cvpr2022")),
                    apply(CoefficientRule.cvpr2022(alpha), rho),
                    RTOL,
                    0,
                    "k");
            Compare.close(
                    values(reference.get("k_tpami2024")),
                    apply(CoefficientRule.tpami2024(alpha), rho),
                    RTOL,
                    0,
                    "k");
        }
    }

    private static double[] values(JsonNode object) {
        return Reference.fields(object).values().stream().mapToDouble(JsonNode::asDouble).toArray();
    }

    private static double[] apply(CoefficientRule rule, double[] rho) {
        return Arrays.stream(rho).map(rule::coefficient).toArray();
    }
}
