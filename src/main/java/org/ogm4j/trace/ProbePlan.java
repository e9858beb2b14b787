package org.ogm4j.trace;

import java.util.List;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.ogm4j.score.OutputLoss;

/**
 * A probe that is to be added to a network.
 *
 * @param modality whose probe it is
 * @param name the name of its classifier
 * @param source the vertex that it reads
 * @param judge the output layer whose labels it is trained with
 * @param loss that layer's loss, and what makes predictions of logits
 * @param layers upstream of the classifier, first to last
 * @param scoring how its modality is scored
 */
public record ProbePlan(
        String modality,
        String name,
        String source,
        String judge,
        OutputLoss loss,
        List<Layer> layers,
        NetworkParts.Scoring scoring) {}
