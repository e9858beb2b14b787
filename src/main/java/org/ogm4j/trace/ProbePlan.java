package org.ogm4j.trace;

import java.util.List;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.ogm4j.score.HeadReadout;

/**
 * A probe that is to be added to a network.
 *
 * @param name the name of its classifier
 * @param source the vertex that it reads
 * @param judge the output layer whose labels and loss it is trained with
 * @param layers upstream of the classifier, first to last
 */
public record ProbePlan(String name, String source, String judge, List<Layer> layers) {

    /** How its modality is scored. */
    Scoring scoring() {
        return new Scoring(HeadReadout.whole(judge, name), "probe on " + source);
    }
}
