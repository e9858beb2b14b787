package org.ogm4j.study.measure;

import java.util.ArrayList;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.factory.Nd4j;

/** A network of its own of those vertices that several modalities reach. */
final class ClassifierPart {

    private ClassifierPart() {}

    /** Cuts it out; it reads the ends of the encoders, and its parameters are 0. */
    static ComputationGraph of(Layout layout) {
        // DL4J's clone forgets the axis of a merge and the updater of an attention vertex
        ComputationGraphConfiguration conf =
                ComputationGraphConfiguration.fromJson(layout.conf().toJson());
        conf.getVertices().keySet().removeIf(vertex -> layout.reaching(vertex).size() == 1);
        conf.getVertexInputs().keySet().retainAll(conf.getVertices().keySet());
        conf.getNetworkOutputs().retainAll(conf.getVertices().keySet());
        conf.setNetworkInputs(new ArrayList<>(layout.ends().keySet()));
        conf.setTopologicalOrder(null);
        conf.setTopologicalOrderStr(null);
        conf.setInferenceWorkspaceMode(WorkspaceMode.NONE);
        conf.setTrainingWorkspaceMode(WorkspaceMode.NONE);
        ComputationGraph graph = new ComputationGraph(conf);
        long parameters =
                conf.getVertices().values().stream().mapToLong(v -> v.numParams(false)).sum();
        // given parameters keep DL4J from drawing some
        graph.init(Nd4j.zeros(conf.getDataType(), 1, parameters), false);
        return graph;
    }
}
