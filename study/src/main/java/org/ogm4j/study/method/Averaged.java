package org.ogm4j.study.method;

import java.util.LinkedHashMap;
import java.util.Map;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.ogm4j.study.Course;
import org.ogm4j.study.Method;
import org.ogm4j.study.Trial;
import org.ogm4j.study.baseline.LateAverage;
import org.ogm4j.study.baseline.OwnHeads;

/** The mean of networks of one modality each, with the weights that they have alone. */
public record Averaged() implements Method {

    @Override
    public Course start(Trial trial) {
        ComputationGraph graph = trial.withPlainWeights(configuration(trial));
        Map<String, INDArray> weights = graph.paramTable();
        for (String modality : trial.modalities()) {
            Alone.network(trial, modality)
                    .paramTable()
                    .forEach(
                            (name, alone) -> {
                                INDArray own = weights.get(OwnHeads.name(modality, name));
                                if (own != null) {
                                    own.assign(alone);
                                }
                            });
        }
        return Course.of(graph);
    }

    /** Finds out in time whether it can be made. */
    @Override
    public Map<String, String> settings(Trial trial) {
        return Map.of("outputs", configuration(trial).getNetworkOutputs().toString());
    }

    private static ComputationGraphConfiguration configuration(Trial trial) {
        ComputationGraphConfiguration conf = trial.configuration();
        Map<String, ComputationGraphConfiguration> alone = new LinkedHashMap<>();
        for (String modality : trial.modalities()) {
            alone.put(
                    modality, trial.optimizer().build().unimodal(trial.configuration(), modality));
        }
        LateAverage.change(conf, alone);
        return conf;
    }
}
