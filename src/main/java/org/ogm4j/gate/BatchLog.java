package org.ogm4j.gate;

import java.util.HashSet;
import java.util.Set;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts and logs what could not be modulated: once per epoch, or once, so that logs stay short.
 */
final class BatchLog {

    private static final Logger LOG = LoggerFactory.getLogger(BatchLog.class);

    private final ComputationGraph graph;
    private final Set<String> trunkLayers = new HashSet<>();
    private final Set<String> kept = new HashSet<>();
    private boolean unlabelled;
    private int epochOfSkips = -1;
    private long skipped;

    BatchLog(ComputationGraph graph) {
        this.graph = graph;
    }

    /** How many batches could not be modulated so far. */
    long skipped() {
        return skipped;
    }

    /** Counts a batch that could not be modulated, and logs the first of each epoch. */
    void skip(String reason) {
        skipped++;
        if (epochOfSkips != graph.getEpochCount()) {
            epochOfSkips = graph.getEpochCount();
            LOG.warn(
                    "Epoch {}, iteration {}: {}. The batch trains without modulation, as the plain"
                            + " network would; {} so far. Logged once per epoch.",
                    epochOfSkips,
                    graph.getIterationCount(),
                    reason,
                    skipped);
        }
    }

    /** Logs once of a trunk layer that its gradient stays as it is. */
    void leaveTrunkLayer(String vertex) {
        if (trunkLayers.add(vertex)) {
            LOG.warn(
                    "Trunk layer \"{}\" outputs other tokens than its modalities have, as a kernel or a"
                            + " crop may do: its gradient stays as it is, the encoders are modulated. Logged once.",
                    vertex);
        }
    }

    /** Logs once of a modality that p would slow, though it does not lead. */
    void keepFirstMoment(String modality, double p) {
        if (kept.add(modality)) {
            LOG.info(
                    "The head's gradient asks for p = {} on modality \"{}\", whose score is behind: it"
                            + " keeps p = 1. Said once.",
                    p,
                    modality);
        }
    }

    /** Logs once that there is nothing to score. */
    void noLabels() {
        if (!unlabelled) {
            unlabelled = true;
            LOG.warn(
                    "The network trains without labels (external errors or pretraining): modulation needs labels and "
                            + "leaves the gradients as they are.");
        }
    }
}
