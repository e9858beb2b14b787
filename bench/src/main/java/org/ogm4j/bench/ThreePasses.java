package org.ogm4j.bench;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.ogm4j.examples.network.Modality;

/**
 * MMPareto as published (Wei and Hu, ICML 2024), in plain DL4J: a linear head for each modality, a
 * backward pass for the joint loss and one for each modality's own, and for each encoder the
 * min-norm combination of the two gradients of its parameters. Heads learn from their own losses,
 * the fusion from the joint one.
 *
 * <p>One network has all heads. Its backward pass gives {@code g_joint + g_u} for the parameters of
 * encoder u. A second network of encoder and head gives {@code g_u}. It goes forward once more,
 * since DL4J's batch norm goes backward only once after a forward pass.
 */
final class ThreePasses {

    private static final double SCALE = 1.5;

    private final ComputationGraph whole;
    private final Map<Modality, ComputationGraph> alone = new EnumMap<>(Modality.class);

    /**
     * Adds the heads.
     *
     * @param plain one output, a layer of class {@link OutputLayer}; encoders with one end
     * @param batch shows what comes out of the encoders
     */
    ThreePasses(ComputationGraph plain, MultiDataSet batch) {
        Map<String, INDArray> activations = plain.feedForward(batch.getFeatures(), false);
        String json = plain.getConfiguration().toJson();
        ComputationGraphConfiguration all = ComputationGraphConfiguration.fromJson(json);
        Map<String, Set<Modality>> reached = ClassifierPart.reached(all);
        Map<String, Modality> ends = ClassifierPart.modalityOfEnds(all);
        if (ends.size() != Modality.values().length) {
            throw new IllegalArgumentException("each encoder must have one end, got " + ends);
        }
        Map<Modality, ComputationGraphConfiguration> own = new EnumMap<>(Modality.class);
        for (Modality modality : Modality.values()) {
            ComputationGraphConfiguration conf = ComputationGraphConfiguration.fromJson(json);
            conf.getVertices().keySet().removeIf(v -> !reached.get(v).equals(Set.of(modality)));
            conf.getVertexInputs().keySet().retainAll(conf.getVertices().keySet());
            conf.setNetworkInputs(new ArrayList<>(List.of(modality.input())));
            conf.setNetworkOutputs(new ArrayList<>());
            own.put(modality, conf);
        }
        String output = all.getNetworkOutputs().get(0);
        LayerVertex answer = (LayerVertex) all.getVertices().get(output);
        for (Map.Entry<String, Modality> end : ends.entrySet()) {
            INDArray features = activations.get(end.getKey());
            for (ComputationGraphConfiguration conf : List.of(all, own.get(end.getValue()))) {
                addHead(conf, end.getKey(), features, end.getValue(), answer.getLayerConf());
            }
        }
        own.forEach((modality, conf) -> alone.put(modality, initialised(conf)));
        whole = initialised(all);
        plain.paramTable().forEach((name, array) -> whole.getParam(name).assign(array));
    }

    /** The mean over places or steps, if there are any, and a classifier like the network's. */
    private static void addHead(
            ComputationGraphConfiguration conf,
            String end,
            INDArray features,
            Modality modality,
            NeuralNetConfiguration like) {
        String source = end;
        if (features.rank() > 2) {
            source = modality.input() + "-mean";
            NeuralNetConfiguration mean = like.clone();
            mean.setLayer(new GlobalPoolingLayer.Builder(PoolingType.AVG).build());
            add(conf, source, mean, end);
        }
        NeuralNetConfiguration head = like.clone();
        ((OutputLayer) head.getLayer()).setNIn(features.size(1));
        add(conf, head(modality), head, source);
        conf.getNetworkOutputs().add(head(modality));
    }

    private static void add(
            ComputationGraphConfiguration conf,
            String name,
            NeuralNetConfiguration layer,
            String in) {
        layer.getLayer().setLayerName(name);
        conf.getVertices().put(name, new LayerVertex(layer, null));
        conf.getVertexInputs().put(name, new ArrayList<>(List.of(in)));
    }

    static String head(Modality modality) {
        return modality.input() + "-head";
    }

    private static ComputationGraph initialised(ComputationGraphConfiguration conf) {
        conf.setTopologicalOrder(null);
        conf.setTopologicalOrderStr(null);
        ComputationGraph graph = new ComputationGraph(conf);
        graph.init();
        return graph;
    }

    /** The network with all heads. */
    ComputationGraph whole() {
        return whole;
    }

    /** One training step. */
    void fit(MultiDataSet batch) {
        INDArray gradient = gradient(batch);
        ComputationGraphConfiguration conf = whole.getConfiguration();
        whole.getUpdater()
                .update(
                        whole.gradient(),
                        conf.getIterationCount(),
                        conf.getEpochCount(),
                        (int) batch.getFeatures(0).size(0),
                        LayerWorkspaceMgr.noWorkspaces());
        whole.params().subi(gradient.reshape(whole.params().shape()));
        conf.setIterationCount(conf.getIterationCount() + 1);
    }

    /**
     * The gradient that a step is made of.
     *
     * @return of all parameters of {@link #whole}, summed over the examples
     */
    INDArray gradient(MultiDataSet batch) {
        INDArray label = batch.getLabels(0);
        backward(whole, batch.getFeatures(), label, label, label);
        for (Modality modality : Modality.values()) {
            ComputationGraph own = alone.get(modality);
            own.paramTable().forEach((name, array) -> array.assign(whole.getParam(name)));
            backward(own, inputOf(own, batch), label);
            combine(modality, own);
        }
        return whole.getFlattenedGradients();
    }

    /** What a network of one modality reads of a batch for both. */
    private INDArray[] inputOf(ComputationGraph own, MultiDataSet batch) {
        String input = own.getConfiguration().getNetworkInputs().get(0);
        int place = whole.getConfiguration().getNetworkInputs().indexOf(input);
        return new INDArray[] {batch.getFeatures(place)};
    }

    private static void backward(ComputationGraph graph, INDArray[] features, INDArray... labels) {
        graph.setInputs(features);
        graph.setLabels(labels);
        graph.computeGradientAndScore();
    }

    /** The forward pass that a framework could do without, which keeps what layers put out. */
    void secondForward(MultiDataSet batch) {
        for (Modality modality : Modality.values()) {
            ComputationGraph own = alone.get(modality);
            own.feedForward(inputOf(own, batch), true);
        }
    }

    /** {@code a = g_joint, b = g_u}: where they conflict the point nearest to 0 between them. */
    private void combine(Modality modality, ComputationGraph own) {
        List<INDArray> sums = new ArrayList<>();
        List<INDArray> bs = new ArrayList<>();
        double bb = 0;
        double sb = 0;
        double ss = 0;
        for (Layer layer : own.getLayers()) {
            String name = layer.conf().getLayer().getLayerName();
            if (name.equals(head(modality)) || layer.numParams() == 0) {
                continue;
            }
            INDArray sum = trained(whole.getLayer(name));
            INDArray b = trained(layer);
            sums.add(sum);
            bs.add(b);
            bb += dot(b, b);
            sb += dot(sum, b);
            ss += dot(sum, sum);
        }
        double ab = sb - bb;
        double aa = ss - 2 * sb + bb;
        double ofA = 1;
        double ofB = 1;
        if (ab < 0) {
            double weight = Math.min(1, Math.max(0, (bb - ab) / (aa + bb - 2 * ab)));
            ofA = 2 * weight;
            ofB = 2 * (1 - weight);
            double length = ofA * ofA * aa + 2 * ofA * ofB * ab + ofB * ofB * bb;
            double longer = Math.max(1, Math.sqrt(ss / length));
            ofA *= longer;
            ofB *= longer;
        }
        for (int i = 0; i < sums.size(); i++) { // sums hold a + b
            sums.get(i).muli(SCALE * ofA);
            if (ofA != ofB) {
                sums.get(i).addi(bs.get(i).muli(SCALE * (ofB - ofA)));
            }
        }
    }

    /** In place of gradients of mean and variance, batch norm has their new values there. */
    private static INDArray trained(Layer layer) {
        INDArray gradient = layer.getGradientsViewArray();
        if (layer.conf().getLayer() instanceof BatchNormalization norm) {
            long trained = gradient.length() - 2 * norm.getNOut();
            return gradient.reshape(-1).get(NDArrayIndex.interval(0, trained));
        }
        return gradient;
    }

    private static double dot(INDArray a, INDArray b) {
        return Nd4j.getBlasWrapper().dot(a.reshape(-1), b.reshape(-1));
    }
}
