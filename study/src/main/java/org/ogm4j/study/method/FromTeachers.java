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
        Map<String, ComputationGraph> teachers = new LinkedHashMap<>();
        for (String modality : trial.modalities()) {
            ComputationGraph teacher = Alone.network(trial, modality);
            Baselines.train(trial, teacher, "teacher of " + modality);
            teachers.put(modality, teacher);
        }
        return Course.of(
                optimizer
                        .apply(trial.strength(strength), teachers)
                        .seed(trial.seed())
                        .build()
                        .modulate(trial.plain()));
    }

    /** The teachers follow from the run; of the options the teachers' part is left to the name. */
    @Override
    public Map<String, String> settings(Trial trial) {
        return Map.of("teachers", "trained as long as the run");
    }
}
