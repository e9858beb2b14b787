package org.ogm4j.study.method;

import java.util.Map;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.ogm4j.study.Baselines;
import org.ogm4j.study.Course;
import org.ogm4j.study.Method;
import org.ogm4j.study.Trial;
import org.ogm4j.study.baseline.OwnHeads;

/**
 * Gradient-Blending on any network whose outputs are cross-entropies of classes.
 *
 * @param superEpoch how many epochs a set of weights serves; 0 for all
 */
public record Blended(int superEpoch) implements Method {

    @Override
    public Course start(Trial trial) {
        ComputationGraphConfiguration conf = trial.configuration();
        for (String modality : trial.modalities()) {
            ComputationGraphConfiguration alone =
                    trial.optimizer().build().unimodal(trial.configuration(), modality);
            OwnHeads.add(conf, modality, alone);
        }
        ComputationGraph graph = trial.withPlainWeights(conf);
        return Baselines.blended(trial, graph, superEpoch == 0 ? trial.epochs() : superEpoch);
    }

    @Override
    public Map<String, String> settings(Trial trial) {
        return Map.of("super-epoch", Integer.toString(superEpoch));
    }
}
