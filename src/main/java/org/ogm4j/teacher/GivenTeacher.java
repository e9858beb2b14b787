package org.ogm4j.teacher;

import org.deeplearning4j.nn.graph.ComputationGraph;
import org.ogm4j.Distillation;

/**
 * What the user gives.
 *
 * @param network a trained network of one modality
 * @param distillation what is taken over from it
 */
public record GivenTeacher(ComputationGraph network, Distillation distillation) {}
