package org.ogm4j.study.method;

import java.util.Map;
import java.util.function.DoubleFunction;
import org.ogm4j.ModulatedOptimizer;
import org.ogm4j.study.Course;
import org.ogm4j.study.Method;
import org.ogm4j.study.Trial;
import org.ogm4j.study.store.Digest;

/** The library's optimizer. */
public record Modulated(double strength, DoubleFunction<ModulatedOptimizer.Builder> optimizer)
        implements Method {

    @Override
    public Course start(Trial trial) {
        return Course.of(optimizer(trial).modulate(trial.plain()));
    }

    /** All options are in the modulated network's configuration. */
    @Override
    public Map<String, String> settings(Trial trial) {
        String json = optimizer(trial).modulate(trial.configuration()).toJson();
        return Map.of("modulation", Digest.of(json));
    }

    private ModulatedOptimizer optimizer(Trial trial) {
        return optimizer.apply(trial.strength(strength)).seed(trial.seed()).build();
    }
}
