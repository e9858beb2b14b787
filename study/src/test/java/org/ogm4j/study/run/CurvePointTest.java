package org.ogm4j.study.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.nd4j.shade.jackson.databind.node.ObjectNode;
import org.ogm4j.study.TrainingStep;
import org.ogm4j.study.store.Json;

class CurvePointTest {

    /** 130 steps are 44 points over three steps each, the last over one. */
    @Test
    void pointsAreMeansOfConsecutiveSteps() {
        List<TrainingStep> steps =
                IntStream.range(0, 130)
                        .mapToObj(
                                i ->
                                        new TrainingStep(
                                                i, 0.5, Samples.of(0.6, 0.2), Samples.of(0.25, 1)))
                        .toList();

        List<CurvePoint> points = CurvePoint.of(steps);

        assertEquals(44, points.size());
        assertEquals(3, points.get(0).step());
        assertEquals(1, points.get(0).loss(), 1e-12);
        assertEquals(130, points.get(43).step());
        assertEquals(129, points.get(43).loss(), 1e-12);
        assertEquals(3, points.get(5).ratios().get("audio"), 1e-12);
        assertEquals(0.25, points.get(5).coefficients().get("audio"), 1e-12);
    }

    /** 130 steps in threes, modulated from step 10 up to 100: neither edge is inside a mean. */
    @Test
    void noMeanIsOverBothSidesOfTheWindowsEdge() {
        List<TrainingStep> steps =
                IntStream.range(0, 130)
                        .mapToObj(
                                i ->
                                        new TrainingStep(
                                                i,
                                                0.5,
                                                Samples.of(0.6, 0.2),
                                                Samples.of(i >= 10 && i < 100 ? 0.25 : 1, 1)))
                        .toList();

        List<CurvePoint> points = CurvePoint.of(steps);

        assertEquals(46, points.size());
        for (CurvePoint point : points) {
            double k = point.step() > 10 && point.step() <= 100 ? 0.25 : 1;
            assertEquals(k, point.coefficients().get("audio"), 0, "step " + point.step());
        }
    }

    /** Steps 1 and 3 of three were measured; a file of before has nothing. */
    @Test
    void measuredNumbersAreMeansOverTheStepsThatHaveThem() {
        Map<String, Double> one = Samples.of(1, 1);
        List<TrainingStep> steps =
                IntStream.range(0, 180)
                        .mapToObj(
                                i ->
                                        new TrainingStep(
                                                i,
                                                0.5,
                                                one,
                                                one,
                                                i % 3 == 1
                                                        ? Map.of()
                                                        : Map.of("loss/audio", i + 0.0)))
                        .toList();

        List<CurvePoint> points = CurvePoint.of(steps);

        assertEquals(Map.of("loss/audio", 1.0), points.get(0).measured());
        assertEquals(Map.of("loss/audio", 178.0), points.get(59).measured());
        ObjectNode json = Json.MAPPER.valueToTree(points.get(0));
        assertEquals(points.get(0), Json.MAPPER.convertValue(json, CurvePoint.class));
        json.remove("measured");
        assertEquals(Map.of(), Json.MAPPER.convertValue(json, CurvePoint.class).measured());
    }
}
