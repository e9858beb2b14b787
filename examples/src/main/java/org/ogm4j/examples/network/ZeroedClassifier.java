package org.ogm4j.examples.network;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * For any fusion: what a modality says alone is what the classifier says when the other encoder
 * puts out zeros.
 *
 * <p>The classifier is a second network, run in inference mode, that takes the first one's
 * parameters at each use. The first one, its workspaces and ND4J's random numbers stay as they are.
 */
final class ZeroedClassifier implements LogitsReader {

    private final ComputationGraph classifier;
    private final Map<String, Modality> modalityOfEnd;
    private final String beforeHead;

    /** From a network that is not modulated. */
    ZeroedClassifier(ComputationGraphConfiguration plain) {
        ClassifierPart part = ClassifierPart.of(plain);
        this.classifier = part.graph();
        this.modalityOfEnd = part.modalityOfEnd();
        this.beforeHead = plain.getVertexInputs().get(AudioVisualNet.HEAD).get(0);
    }

    @Override
    @SuppressWarnings("try") // left when the block ends
    public ModalityLogits read(ComputationGraph graph, Map<String, INDArray> activations) {
        try (MemoryWorkspace none = Nd4j.getWorkspaceManager().scopeOutOfWorkspaces()) {
            // not getParam, which knows layers only and no other vertices
            Map<String, INDArray> present = graph.paramTable();
            classifier.paramTable().forEach((name, copy) -> copy.assign(present.get(name)));
            Map<Modality, INDArray> alone = new EnumMap<>(Modality.class);
            for (Modality modality : Modality.values()) {
                alone.put(modality, alone(modality, activations));
            }
            return new ModalityLogits(alone, fused(graph, activations));
        }
    }

    @Override
    public INDArray fused(ComputationGraph graph, Map<String, INDArray> activations) {
        return logits(graph, activations);
    }

    @Override
    public boolean isCheap() {
        return false;
    }

    private INDArray alone(Modality modality, Map<String, INDArray> activations) {
        List<String> ends = classifier.getConfiguration().getNetworkInputs();
        INDArray[] inputs = new INDArray[ends.size()];
        for (int i = 0; i < inputs.length; i++) {
            INDArray own = activations.get(ends.get(i));
            inputs[i] =
                    modalityOfEnd.get(ends.get(i)) == modality
                            ? own.dup('c')
                            : Nd4j.zeros(own.dataType(), own.shape());
        }
        Map<String, INDArray> all = new HashMap<>(classifier.feedForward(inputs, false));
        return logits(classifier, all);
    }

    private INDArray logits(ComputationGraph graph, Map<String, INDArray> activations) {
        INDArray weights = graph.getLayer(AudioVisualNet.HEAD).getParam("W");
        INDArray bias = graph.getLayer(AudioVisualNet.HEAD).getParam("b");
        return activations.get(beforeHead).mmul(weights).addRowVector(bias);
    }
}
