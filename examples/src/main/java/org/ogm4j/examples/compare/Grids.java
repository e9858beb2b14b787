package org.ogm4j.examples.compare;

import java.util.List;
import org.ogm4j.examples.training.Method;
import org.ogm4j.study.Point;

/**
 * What methods choose from: four points each, four learning rates where a method has no strength,
 * else two of each.
 */
final class Grids {

    private Grids() {}

    static List<Point> of(Method method) {
        return switch (method) {
            case ADAM -> Point.rates(0.0005, 0.001, 0.002, 0.004);
            case ADAM_OGM, ADAM_OGM_GE -> crossed(0.001, 0.002, 0.3, 0.8);
            case NOISE_ONLY, UNIFORM, UNIFORM_PROBES, SUM, AGM, INVERSE_ENTROPY ->
                    crossed(0.02, 0.05, 0.5, 1);
            case DGL, REPLACE -> crossed(0.02, 0.05, 1, 3);
            case DISTILLATION -> crossed(0.02, 0.05, 1, 10);
            case OGM_DEAD_ZONE, OGM_GE_DEAD_ZONE -> crossed(0.02, 0.05, 0.8, 2);
            default ->
                    method.hasStrength()
                            ? crossed(0.02, 0.05, 0.3, 0.8)
                            : Point.rates(0.01, 0.02, 0.05, 0.1);
        };
    }

    private static List<Point> crossed(double low, double high, double weak, double strong) {
        return Point.crossed(new double[] {low, high}, new double[] {weak, strong});
    }
}
