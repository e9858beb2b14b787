package org.ogm4j.study.baseline;

import java.util.List;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.ogm4j.study.Course;
import org.ogm4j.study.Trial;
import org.ogm4j.study.measure.Feed;

/**
 * Distillation from unimodal teachers: each encoder is drawn to the features of a network that was
 * trained on its modality alone,
 *
 * <pre>
 * L = loss(fused) + lambda sum_u mean over batch and features of (phi(u) - teacher(u))^2
 * </pre>
 *
 * <p>The teachers are in inference mode and do not learn.
 *
 * @param trial the run
 * @param graph the plain network with the features of each encoder as further outputs
 * @param teachers one for each further output
 * @see <a href="https://arxiv.org/abs/2305.01233">Du et al.: On Uni-Modal Feature Learning in
 *     Supervised Multi-Modal Learning, ICML 2023, uni-modal teacher</a>
 */
public record Distilled(Trial trial, ComputationGraph graph, List<Teacher> teachers)
        implements Course {

    /** Copies the list. */
    public Distilled {
        teachers = List.copyOf(teachers);
    }

    /**
     * A trained network of one modality.
     *
     * @param graph the network
     * @param features the vertex whose output is the target
     * @param output of the student that is to come near it
     */
    public record Teacher(ComputationGraph graph, String features, String output) {}

    @Override
    public MultiDataSet feed(MultiDataSet fed, MultiDataSet whole) {
        List<String> outputs = graph.getConfiguration().getNetworkOutputs();
        for (Teacher teacher : teachers) {
            var own = trial.feed(teacher.graph(), whole);
            fed.setLabels(
                    outputs.indexOf(teacher.output()),
                    Feed.forward(teacher.graph(), own).get(teacher.features()));
        }
        return fed;
    }
}
