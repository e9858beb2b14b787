package org.ogm4j.study.method;

import java.util.Optional;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.ogm4j.study.Course;
import org.ogm4j.study.Method;
import org.ogm4j.study.Trial;

/** The network of one modality, with the encoder's weights of the plain one. */
public record Alone(String modality) implements Method {

    @Override
    public Course start(Trial trial) {
        return Course.of(network(trial, modality));
    }

    static ComputationGraph network(Trial trial, String modality) {
        return trial.withPlainWeights(
                trial.optimizer().build().unimodal(trial.configuration(), modality));
    }

    @Override
    public Optional<String> only() {
        return Optional.of(modality);
    }
}
