package org.ogm4j.testing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.RnnLossLayer;
import org.deeplearning4j.nn.conf.preprocessor.CnnToFeedForwardPreProcessor;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.ogm4j.host.VertexCopy;

/**
 * The second way to the distance of features: a plain network with one more input and one more
 * output for each modality, the teacher's features, and DL4J's mean squared error of the difference
 * to the encoder's.
 */
public final class FeatureLosses {

    private final ComputationGraph plain;
    private final ComputationGraph explicit;
    private final List<String> modalities;

    /**
     * Adds inputs and losses.
     *
     * @param ends of the encoder of each modality
     * @param teacher features for each modality
     */
    public FeatureLosses(
            ComputationGraph plain, Map<String, String> ends, Map<String, INDArray> teacher) {
        this.plain = plain;
        modalities = List.copyOf(ends.keySet());
        ComputationGraphConfiguration conf = VertexCopy.of(plain.getConfiguration());
        List<String> inputs = new ArrayList<>(conf.getNetworkInputs());
        List<String> outputs = new ArrayList<>(conf.getNetworkOutputs());
        for (String modality : modalities) {
            inputs.add("t-" + modality);
            String difference = "difference-" + modality;
            conf.getVertices()
                    .put(difference, new ElementWiseVertex(ElementWiseVertex.Op.Subtract));
            conf.getVertexInputs()
                    .put(difference, new ArrayList<>(List.of(ends.get(modality), "t-" + modality)));
            String loss = "loss-" + modality;
            conf.getVertices().put(loss, loss(loss, teacher.get(modality).shape()));
            conf.getVertexInputs().put(loss, new ArrayList<>(List.of(difference)));
            outputs.add(loss);
        }
        conf.setNetworkInputs(inputs);
        conf.setNetworkOutputs(outputs);
        conf.setTopologicalOrder(null);
        conf.setTopologicalOrderStr(null);
        explicit = Nets.init(conf);
        explicit.paramTable().forEach((name, array) -> array.assign(plain.getParam(name)));
    }

    private static LayerVertex loss(String name, long[] shape) {
        Layer layer =
                shape.length == 3
                        ? new RnnLossLayer.Builder(LossFunction.MSE)
                                .activation(Activation.IDENTITY)
                                .build()
                        : new LossLayer.Builder(LossFunction.MSE)
                                .activation(Activation.IDENTITY)
                                .build();
        layer.setLayerName(name);
        InputPreProcessor flat =
                shape.length == 4
                        ? new CnnToFeedForwardPreProcessor(shape[2], shape[3], shape[1])
                        : null;
        return new LayerVertex(
                new NeuralNetConfiguration.Builder().dataType(DataType.DOUBLE).layer(layer).build(),
                flat);
    }

    /** The gradients of {@code sum_i |phi_i - t_i|^2 / d_i}, by parameter of the plain network. */
    public Map<String, INDArray> gradients(MultiDataSet batch, Map<String, INDArray> teacher) {
        int examples = (int) batch.getFeatures(0).size(0);
        Map<String, INDArray> sum = new LinkedHashMap<>();
        for (int i = 0; i < examples; i++) {
            MultiDataSet one = Gradients.example(batch, i);
            Map<String, INDArray> joint = Gradients.of(plain, one);
            for (String modality : modalities) {
                MultiDataSet extended = extended(one, i, teacher, modality);
                double steps = extended.getLabelsMaskArrays() == null ? 1 : steps(extended);
                Map<String, INDArray> both = Gradients.of(explicit, extended);
                for (Map.Entry<String, INDArray> own : joint.entrySet()) {
                    INDArray e = both.get(own.getKey()).sub(own.getValue());
                    sum.merge(own.getKey(), steps == 0 ? e.mul(0) : e.div(steps), INDArray::add);
                }
            }
        }
        return sum;
    }

    /** Of the last output with a mask that is not 0: the loss of one modality alone counts. */
    private double steps(MultiDataSet batch) {
        double steps = 0;
        INDArray[] masks = batch.getLabelsMaskArrays();
        for (int i = masks.length - modalities.size(); i < masks.length; i++) {
            steps += masks[i].sumNumber().doubleValue();
        }
        return steps;
    }

    private MultiDataSet extended(
            MultiDataSet one, int i, Map<String, INDArray> teacher, String only) {
        int inputs = one.getFeatures().length;
        int outputs = one.getLabels().length;
        int all = modalities.size();
        INDArray[] features = Arrays.copyOf(one.getFeatures(), inputs + all);
        INDArray[] labels = Arrays.copyOf(one.getLabels(), outputs + all);
        INDArray[] masks =
                one.getFeaturesMaskArrays() == null
                        ? null
                        : Arrays.copyOf(one.getFeaturesMaskArrays(), inputs + all);
        INDArray[] labelMasks = new INDArray[outputs + all];
        for (int output = 0; output < outputs; output++) {
            labelMasks[output] =
                    one.getLabelsMaskArrays() == null ? null : one.getLabelsMaskArrays()[output];
        }
        for (int u = 0; u < all; u++) {
            INDArray t = row(teacher.get(modalities.get(u)), i);
            features[inputs + u] = t;
            labels[outputs + u] = Nd4j.zerosLike(t.rank() == 4 ? t.reshape('c', 1, t.length()) : t);
            boolean counts = modalities.get(u).equals(only);
            INDArray mask =
                    t.rank() == 3
                            ? (masks == null
                                    ? Nd4j.ones(DataType.DOUBLE, 1, t.size(2))
                                    : masks[u].dup())
                            : Nd4j.ones(DataType.DOUBLE, 1, 1);
            labelMasks[outputs + u] = counts ? mask : mask.mul(0);
        }
        return new MultiDataSet(features, labels, masks, labelMasks);
    }

    private static INDArray row(INDArray array, int i) {
        return Gradients.example(
                        new MultiDataSet(new INDArray[] {array}, new INDArray[] {array}), i)
                .getFeatures(0);
    }
}
