package org.ogm4j.testing;

import java.util.Random;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.ogm4j.Distillation;
import org.ogm4j.ModulatedOptimizer;

/** Teachers that many tests share. */
public final class TeacherNets {

    private TeacherNets() {}

    /** A network of one modality that is nobody's own: other parameters than the student's. */
    public static ComputationGraph teacher(ComputationGraphConfiguration conf, String modality) {
        ComputationGraph teacher =
                Nets.init(ModulatedOptimizer.builder().build().unimodal(conf, modality));
        Random random = new Random(17);
        teacher.paramTable()
                .forEach((name, own) -> own.addi(Nets.gaussian(random, own.shape()).muli(0.3)));
        return teacher;
    }

    /** Both modalities of {@link Nets#dense()} have a teacher. */
    public static ModulatedOptimizer.Builder taught(
            ComputationGraphConfiguration conf, Distillation distillation) {
        return ModulatedOptimizer.builder()
                .teacher("audio", teacher(conf, "audio"), distillation)
                .teacher("visual", teacher(conf, "visual"), distillation);
    }

    /** Those of a teacher in a network. */
    public static INDArray parameters(ComputationGraph graph, String modality) {
        return graph.getVertex("teacher-" + modality).params();
    }
}
