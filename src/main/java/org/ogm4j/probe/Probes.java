package org.ogm4j.probe;

import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.preprocessor.Cnn3DToFeedForwardPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.CnnToFeedForwardPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.RnnToFeedForwardPreProcessor;
import org.ogm4j.host.OutputTypes;
import org.ogm4j.presence.PresencePlan;
import org.ogm4j.trace.ProbePlan;

/**
 * Adds probes to a configuration: for each a chain of layers that nothing reads, ended by a linear
 * classifier. Sequences and images are averaged over their places before the first layer that wants
 * a vector, unless there is a label for every step.
 */
public final class Probes {

    private final ComputationGraphConfiguration conf;
    private final PresencePlan presence;

    private Probes(ComputationGraphConfiguration conf, PresencePlan presence) {
        this.conf = conf;
        this.presence = presence;
    }

    /**
     * Adds a probe.
     *
     * @param conf changed in place
     * @param plan the probe
     * @param presence how to tell which examples have its modality
     */
    public static void add(
            ComputationGraphConfiguration conf, ProbePlan plan, PresencePlan presence) {
        new Probes(conf, presence).add(plan);
        conf.setTopologicalOrder(null); // DL4J computes it anew; the order of the others stays
        conf.setTopologicalOrderStr(null);
    }

    private void add(ProbePlan plan) {
        boolean perStep = OutputTypes.isPerStep(conf, plan.judge());
        List<Layer> layers = new ArrayList<>(plan.layers());
        layers.add(Classifiers.classifier(conf, plan.judge(), plan.loss()));
        InputType type = OutputTypes.of(conf, plan.source()).orElseThrow();
        String end = plan.source();
        for (int i = 0; i < layers.size(); i++) {
            Layer layer = layers.get(i).clone();
            boolean last = i == layers.size() - 1;
            if (!perStep && wantsVector(layer, type)) {
                end =
                        add(
                                plan,
                                plan.name() + "-mean",
                                Classifiers.mean(type),
                                Classifiers.turned(type),
                                end,
                                false);
                type = InputType.feedForward(OutputTypes.width(type));
            }
            InputPreProcessor preProcessor = layer.getPreProcessorForInputType(type);
            InputType input = preProcessor == null ? type : preProcessor.getOutputType(type);
            layer.setNIn(input, !OutputTypes.worksIn(layer, input));
            String name = last ? plan.name() : plan.name() + "-" + (i + 1);
            end = add(plan, name, layer, preProcessor, end, last);
            type = OutputTypes.after(conf.getVertices().get(name), type);
        }
    }

    private static boolean wantsVector(Layer layer, InputType type) {
        InputPreProcessor preProcessor = layer.getPreProcessorForInputType(type);
        return preProcessor instanceof RnnToFeedForwardPreProcessor
                || preProcessor instanceof CnnToFeedForwardPreProcessor
                || preProcessor instanceof Cnn3DToFeedForwardPreProcessor;
    }

    private String add(
            ProbePlan plan,
            String name,
            Layer layer,
            InputPreProcessor preProcessor,
            String from,
            boolean last) {
        NeuralNetConfiguration layerConf = Classifiers.named(conf, plan.judge(), name, layer);
        boolean stops = from.equals(plan.source());
        conf.getVertices()
                .put(
                        name,
                        new ProbeVertex(
                                layerConf,
                                preProcessor,
                                stops,
                                last ? plan.judge() : null,
                                last ? presence : null));
        conf.getVertexInputs().put(name, new ArrayList<>(List.of(from)));
        return name;
    }
}
