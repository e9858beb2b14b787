package org.ogm4j.study.method;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiFunction;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.ogm4j.ModulatedOptimizer;
import org.ogm4j.study.Baselines;
import org.ogm4j.study.Course;
import org.ogm4j.study.Method;
import org.ogm4j.study.Trial;
import org.ogm4j.study.store.Digest;

/**
 * Modulated with teachers: networks of one modality each, trained as long as the run.
 *
 * @param strength without a grid
 * @param optimizer options, given the strength, with the teachers by modality
 */
public record FromTeachers(
        double strength,
        BiFunction<Double, Map<String, ComputationGraph>, ModulatedOptimizer.Builder> optimizer)
        implements Method {

    @Override
    public Course start(Trial trial) {
        Map<String, ComputationGraph> teachers = untrained(trial);
        teachers.forEach(
                (modality, teacher) -> Baselines.train(trial, teacher, "teacher of " + modality));
        return Course.of(optimizer(trial, teachers).modulate(trial.plain()));
    }

    /** All options are in the modulated network's configuration; teachers follow from the run. */
    @Override
    public Map<String, String> settings(Trial trial) {
        ModulatedOptimizer options = optimizer(trial, untrained(trial));
        return Map.of("modulation", Digest.of(options.modulate(trial.configuration()).toJson()));
    }

    private static Map<String, ComputationGraph> untrained(Trial trial) {
        Map<String, ComputationGraph> teachers = new LinkedHashMap<>();
        trial.modalities()
                .forEach(modality -> teachers.put(modality, Alone.network(trial, modality)));
        return teachers;
    }

    private ModulatedOptimizer optimizer(Trial trial, Map<String, ComputationGraph> teachers) {
        return optimizer.apply(trial.strength(strength), teachers).seed(trial.seed()).build();
    }
}
