package org.ogm4j.teacher;

import java.util.List;
import java.util.Set;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;

/**
 * What is to be taught: the encoder of a modality.
 *
 * @param conf the network, without gates
 * @param modality the name of the modality
 * @param inputs its network inputs
 * @param ends the vertices that its encoder ends with
 * @param outputs those that it is scored at
 */
public record Student(
        ComputationGraphConfiguration conf,
        String modality,
        List<String> inputs,
        List<String> ends,
        Set<String> outputs) {}
