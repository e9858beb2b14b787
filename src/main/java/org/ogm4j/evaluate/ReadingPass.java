package org.ogm4j.evaluate;

import java.util.HashMap;
import java.util.Map;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.GraphVertex;
import org.deeplearning4j.nn.graph.vertex.VertexIndices;
import org.deeplearning4j.nn.graph.vertex.impl.LayerVertex;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.ogm4j.gate.EditChecks;
import org.ogm4j.plan.ModulationPlan;
import org.ogm4j.zeroout.ZeroOut;

/**
 * A forward pass at inference, whose features stay readable: no dropout, running mean and variance
 * in batch norm, recurrent layers from a state of 0.
 *
 * <p>It is that of a second instance, whose parameters are the network's own array. So the network
 * stays as it is. The instance has no workspaces, because features are read after the pass.
 */
final class ReadingPass {

    private final ComputationGraphConfiguration conf;
    private final ModulationPlan plan;
    private final INDArray parameters;
    private ComputationGraph instance;
    private ZeroOut zeroOut;

    ReadingPass(
            ComputationGraph graph, ComputationGraphConfiguration readable, ModulationPlan plan) {
        conf = readable;
        conf.setTrainingWorkspaceMode(WorkspaceMode.NONE);
        conf.setInferenceWorkspaceMode(WorkspaceMode.NONE);
        this.plan = plan;
        parameters = graph.params();
        instantiate();
    }

    private void instantiate() {
        instance = new ComputationGraph(conf);
        instance.init(parameters, false);
        EditChecks.checkToRead(instance, plan);
        zeroOut =
                plan.shared().isEmpty()
                        ? null
                        : new ZeroOut(instance, plan.shared(), plan.zeroOutputs());
    }

    /** The instance, which holds the features of the latest pass. */
    ComputationGraph instance() {
        return instance;
    }

    /** The shared part of the instance; null if no readout needs it. */
    ZeroOut zeroOut() {
        return zeroOut;
    }

    /**
     * Runs a batch.
     *
     * @return what each vertex outputs
     */
    Map<String, INDArray> run(MultiDataSet batch) {
        if (instance.getInputMaskArrays() != null && batch.getFeaturesMaskArrays() == null) {
            instantiate(); // DL4J's SameDiff vertices never forget a mask
        }
        instance.setInputs(batch.getFeatures());
        instance.setLabels(batch.getLabels());
        instance.setLayerMaskArrays(batch.getFeaturesMaskArrays(), null);
        Map<String, INDArray> answers = new HashMap<>();
        for (int index : instance.topologicalSortOrder()) {
            GraphVertex vertex = instance.getVertices()[index];
            INDArray out =
                    vertex.isInputVertex()
                            ? instance.getInput(index)
                            : vertex.doForward(false, LayerWorkspaceMgr.noWorkspaces());
            answers.put(vertex.getVertexName(), out);
            if (vertex.getOutputVertices() != null) {
                for (VertexIndices reader : vertex.getOutputVertices()) {
                    hand(out, reader);
                }
            }
        }
        // only now: an output layer multiplies what it outputs by the mask of its labels
        instance.setLayerMaskArrays(
                batch.getFeaturesMaskArrays(), columns(batch.getLabelsMaskArrays()));
        return answers;
    }

    /**
     * A layer gets a copy, because at inference some of DL4J's write over their input (activation
     * layers, PReLU). A gate keeps what it was given.
     */
    private void hand(INDArray out, VertexIndices reader) {
        GraphVertex vertex = instance.getVertices()[reader.getVertexIndex()];
        int input = reader.getVertexEdgeNumber();
        vertex.setInput(input, out, LayerWorkspaceMgr.noWorkspaces());
        if (vertex instanceof LayerVertex layer) {
            layer.getInputs()[input] = out.dup(out.ordering());
            layer.applyPreprocessorAndSetInput(LayerWorkspaceMgr.noWorkspaces());
        }
    }

    /** Masks of examples as DL4J's evaluation takes them too, [m], become [m, 1]. */
    private static INDArray[] columns(INDArray[] masks) {
        if (masks == null) {
            return null;
        }
        INDArray[] columns = masks.clone();
        for (int i = 0; i < masks.length; i++) {
            if (masks[i] != null && masks[i].rank() == 1) {
                columns[i] = masks[i].reshape(masks[i].length(), 1);
            }
        }
        return columns;
    }
}
