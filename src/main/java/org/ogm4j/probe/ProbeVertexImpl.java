package org.ogm4j.probe;

import org.deeplearning4j.nn.api.layers.IOutputLayer;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.RnnToFeedForwardPreProcessor;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.graph.vertex.VertexIndices;
import org.deeplearning4j.nn.graph.vertex.impl.LayerVertex;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.ogm4j.host.Bystander;
import org.ogm4j.host.Formats;
import org.ogm4j.host.Intake;
import org.ogm4j.host.RandomState;
import org.ogm4j.presence.Presence;
import org.ogm4j.presence.PresencePlan;
import org.ogm4j.score.Truth;

/**
 * A layer of a probe in a running network. Nothing reads a probe, and it is no output of the
 * network: its classifier takes the labels of a real output, and the error signal that leaves its
 * first layer is 0.
 */
@SuppressWarnings("overrides") // DL4J overrides its own varargs setInputs without them
final class ProbeVertexImpl extends LayerVertex implements Bystander {

    private static final long serialVersionUID = 1L;

    private final boolean stopsGradient;
    private final String judge;
    private final transient PresencePlan presence;
    private final transient Intake intake;
    private final transient LinearClassifier linear; // null for all other layers

    ProbeVertexImpl(
            LayerVertex plain,
            DataType dataType,
            boolean stopsGradient,
            String judge,
            PresencePlan presence) {
        super(
                plain.getGraph(),
                plain.getVertexName(),
                plain.getVertexIndex(),
                plain.getLayer(),
                plain.getLayerPreProcessor(),
                false,
                dataType);
        this.stopsGradient = stopsGradient;
        this.judge = judge;
        this.presence = presence;
        intake = new Intake(plain.getGraph(), plain.getVertexName());
        linear = judge == null ? null : LinearClassifier.of(plain.getLayer());
    }

    /** A classifier is an output layer, but DL4J has no labels for it. */
    @Override
    public boolean isOutputVertex() {
        return false;
    }

    @Override
    public boolean canDoBackward() {
        return getInputs()[0] != null;
    }

    @Override
    public void setInput(int inputNumber, INDArray input, LayerWorkspaceMgr workspaceMgr) {
        super.setInput(inputNumber, intake.clean(inputNumber, input, workspaceMgr), workspaceMgr);
    }

    @Override
    public INDArray doForward(boolean training, LayerWorkspaceMgr workspaceMgr) {
        if (training && judge != null) {
            checkRows();
        }
        if (linear != null && linear.isSmall()) {
            return linear.output(training, workspaceMgr);
        }
        RandomState before = RandomState.now();
        getLayer().allowInputModification(false);
        INDArray out = super.doForward(training, workspaceMgr);
        before.restore();
        return out;
    }

    /** A reshape of images may make rows of them that the configuration does not tell of. */
    private void checkRows() {
        long rows = getInputs()[0].size(0);
        Truth truth = rows == getGraph().batchSize() ? null : Truth.of(getGraph(), judge);
        boolean fit =
                truth == null
                        || truth.labels().rank() != 2
                        || getInputs()[0].rank() != 2
                        || truth.labels().size(0) == rows;
        if (!fit) {
            throw new IllegalStateException(
                    "\"%s\" must read a vertex with a row per example, got %d rows for %d labels: choose another with score(\"<modality>\", ScoreSource.probe().at(\"<vertex>\"))"
                            .formatted(getVertexName(), rows, truth.labels().size(0)));
        }
    }

    @Override
    public Pair<Gradient, INDArray[]> doBackward(boolean tbptt, LayerWorkspaceMgr workspaceMgr) {
        boolean taught = judge == null || takeLabels();
        if (!taught && getLayer().getGradientsViewArray() != null) {
            getLayer().getGradientsViewArray().assign(0);
        }
        if (taught && stopsGradient && linear != null && linear.isSmall()) {
            return new Pair<>(linear.learn(), nothing(workspaceMgr));
        }
        if (taught && !(stopsGradient && numParams() == 0)) {
            Pair<Gradient, INDArray[]> pair = super.doBackward(tbptt, workspaceMgr);
            return stopsGradient ? new Pair<>(pair.getFirst(), nothing(workspaceMgr)) : pair;
        }
        return new Pair<>(new DefaultGradient(), nothing(workspaceMgr));
    }

    /** Zeros, because DL4J loses the signals of other readers of a vertex if one gives it none. */
    private INDArray[] nothing(LayerWorkspaceMgr workspaceMgr) {
        INDArray input = getInputs()[0];
        long[] shape = input.shape();
        if (input.rank() == 2) {
            InputPreProcessor other = otherReadingSteps();
            if (other != null) {
                shape =
                        Formats.isNwc(other)
                                ? new long[] {input.size(0), 1, input.size(1)}
                                : new long[] {input.size(0), input.size(1), 1};
            }
        }
        return new INDArray[] {
            // of the network's type: DL4J's last steps of a double network are floats
            workspaceMgr.create(ArrayType.ACTIVATION_GRAD, dataType, shape, input.ordering())
        };
    }

    /**
     * DL4J takes the steps of a sequence for one step when they are pooled, and adds such signals.
     *
     * @return what does so, null if nothing does
     */
    private InputPreProcessor otherReadingSteps() {
        VertexIndices[] readers =
                getGraph()
                        .getVertices()[getInputVertices()[0].getVertexIndex()]
                        .getOutputVertices();
        for (VertexIndices reader : readers) {
            if (getGraph().getVertices()[reader.getVertexIndex()] instanceof LayerVertex layer
                    && layer.getLayerPreProcessor() instanceof RnnToFeedForwardPreProcessor steps) {
                return steps;
            }
        }
        return null;
    }

    /** Whether there are labels, of an example that has the modality. */
    private boolean takeLabels() {
        Truth all = Truth.of(getGraph(), judge);
        if (all == null || !all.counts()) {
            return false;
        }
        Truth truth = all.among(Presence.of(getGraph(), presence), dataType);
        if (!truth.counts()) {
            return false;
        }
        ((IOutputLayer) getLayer()).setLabels(truth.labels());
        getLayer().setMaskArray(truth.maskToGive());
        return true;
    }

    // Two vertices are never equal unless they are one.
    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }

    @Override
    public String toString() {
        return "Probe" + super.toString();
    }
}
