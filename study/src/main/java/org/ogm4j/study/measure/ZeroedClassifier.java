package org.ogm4j.study.measure;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * For any fusion: what a modality says alone is what the classifier says when the other encoders
 * put out zeros.
 *
 * <p>The classifier is a second network, run in inference mode, that takes the first one's
 * parameters at each use. The first one, its workspaces and ND4J's random numbers stay as they are.
 */
final class ZeroedClassifier implements Reader {

    private final Layout layout;
    private final Head head;
    private final ComputationGraph classifier;

    /** From a network that is not modulated. */
    ZeroedClassifier(Layout layout) {
        this.layout = layout;
        this.head = new Head(layout);
        this.classifier = ClassifierPart.of(layout);
    }

    @Override
    @SuppressWarnings("try") // left when the block ends
    public Answers read(ComputationGraph graph, Map<String, INDArray> activations) {
        try (MemoryWorkspace none = Nd4j.getWorkspaceManager().scopeOutOfWorkspaces()) {
            // not getParam, which knows layers only and no other vertices
            Map<String, INDArray> present = graph.paramTable();
            classifier.paramTable().forEach((name, copy) -> copy.assign(present.get(name)));
            Map<String, INDArray> alone = new HashMap<>();
            for (String modality : layout.modalities()) {
                alone.put(modality, alone(modality, activations));
            }
            return new Answers(alone, fused(graph, activations));
        }
    }

    @Override
    public INDArray fused(ComputationGraph graph, Map<String, INDArray> activations) {
        return head.answer(graph, activations);
    }

    @Override
    public boolean isCheap() {
        return false;
    }

    private INDArray alone(String modality, Map<String, INDArray> activations) {
        Map<String, String> whose = layout.ends();
        List<String> ends = classifier.getConfiguration().getNetworkInputs();
        INDArray[] inputs = new INDArray[ends.size()];
        for (int i = 0; i < inputs.length; i++) {
            INDArray own = activations.get(ends.get(i));
            inputs[i] =
                    whose.get(ends.get(i)).equals(modality)
                            ? own.dup('c')
                            : Nd4j.zeros(own.dataType(), own.shape());
        }
        return head.answer(classifier, new HashMap<>(classifier.feedForward(inputs, false)));
    }
}
