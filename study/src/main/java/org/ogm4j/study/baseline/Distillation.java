package org.ogm4j.examples.training;

import java.util.EnumMap;
import java.util.Map;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.ogm4j.examples.network.Feed;
import org.ogm4j.examples.network.Modality;

/**
 * Distillation from unimodal teachers: each encoder is drawn to the features of a network that was
 * trained on its modality alone,
 *
 * <pre>
 * L = cross-entropy(fused) + lambda sum_u mean over batch and features of (phi(u) - teacher(u))^2
 * </pre>
 *
 * <p>The teachers are in inference mode and do not learn.
 *
 * @param graph that of {@link org.ogm4j.examples.network.Unimodal#withTargets}
 * @param teachers the networks of one modality each
 * @see <a href="https://arxiv.org/abs/2305.01233">Du et al.: On Uni-Modal Feature Learning in
 *     Supervised Multi-Modal Learning, ICML 2023, uni-modal teacher</a>
 */
record Distillation(ComputationGraph graph, Map<Modality, ComputationGraph> teachers)
        implements Course {

    /** Copies the map. */
    Distillation {
        teachers = new EnumMap<>(teachers);
    }

    @Override
    public MultiDataSet feed(MultiDataSet both) {
        MultiDataSet own = Feed.of(graph, both);
        own.setLabels(1, features(Modality.AUDIO, both));
        own.setLabels(2, features(Modality.VISUAL, both));
        return own;
    }

    private INDArray features(Modality modality, MultiDataSet both) {
        ComputationGraph teacher = teachers.get(modality);
        INDArray[] input = Feed.of(teacher, both).getFeatures();
        return teacher.feedForward(input, false).get(modality.features());
    }
}
