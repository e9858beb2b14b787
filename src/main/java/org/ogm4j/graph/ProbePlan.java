package org.ogm4j.graph;

import java.util.List;
import org.deeplearning4j.nn.conf.layers.Layer;

/**
 * A probe that is to be added to a network.
 *
 * @param name the name of its classifier
 * @param source the vertex that it reads
 * @param judge the output layer whose labels and loss it is trained with
 * @param layers in front of the classifier, first to last
 */
record ProbePlan(String name, String source, String judge, List<Layer> layers) {}
