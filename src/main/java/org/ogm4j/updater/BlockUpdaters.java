package org.ogm4j.updater;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.updater.UpdaterBlock;
import org.deeplearning4j.nn.updater.graph.ComputationGraphUpdater;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.factory.Nd4j;
import org.ogm4j.math.HeadRows;

/** The decorated updaters of a network in one training step. */
public final class BlockUpdaters {

    private final int iteration;
    private final List<UpdaterBlock> blocks;
    private final Map<String, HeadGradientUpdater> heads = new HashMap<>();

    private BlockUpdaters(int iteration, List<UpdaterBlock> blocks) {
        this.iteration = iteration;
        this.blocks = blocks;
        for (UpdaterBlock block : blocks) {
            if (block.getGradientUpdater() instanceof HeadGradientUpdater memory) {
                heads.put(memory.getConfig().head(), memory);
            }
        }
    }

    /**
     * The updaters of a network; from then on those that want it see the raw gradient.
     *
     * @param graph the network, in its backward pass
     * @return its updaters, before they are used in this step
     */
    public static BlockUpdaters of(ComputationGraph graph) {
        List<UpdaterBlock> blocks = updaterOf(graph).getUpdaterBlocks();
        // DL4J lets an updater see the gradient after L1 and L2 only
        blocks.replaceAll(
                block ->
                        block.getGradientUpdater() instanceof RawGradientReader reader
                                        && !(block instanceof RawGradientBlock)
                                ? new RawGradientBlock(block, reader)
                                : block);
        return new BlockUpdaters(graph.getIterationCount(), blocks);
    }

    /** In the first step the updater is made here, and its state must outlive the backward pass. */
    @SuppressWarnings("try") // the scope is opened for its effect
    private static ComputationGraphUpdater updaterOf(ComputationGraph graph) {
        try (MemoryWorkspace outside = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
            return graph.getUpdater();
        }
    }

    /**
     * How strongly the head's gradient of the step before pulls at a modality, class by class.
     *
     * @param head the head's name
     * @param modality whose rows of the head
     * @return {@code || eta [dL/dW^u]_{., c} ||_2} for each class c, divided by the length of the
     *     features unless the norm is the literal one; null if it is not remembered
     */
    public double[] columns(String head, String modality) {
        HeadGradientUpdater memory = heads.get(head);
        return memory == null ? null : memory.columns(modality);
    }

    /**
     * Hands the factors of the step under way to the updaters. One that is handed none is the plain
     * updater in this step.
     *
     * @param k the coefficient of each modality; empty for a step that is not modulated
     * @param p the factor on the first moment of each modality
     * @param rows for each head and each modality that it reads, the rows of its weights
     */
    public void hand(
            Map<String, Double> k, Map<String, Double> p, Map<String, Map<String, HeadRows>> rows) {
        Map<String, StepFactors> factors = new HashMap<>();
        k.forEach(
                (name, value) ->
                        factors.put(name, new StepFactors(value, p.getOrDefault(name, 1.0))));
        heads.forEach((head, memory) -> memory.hand(iteration, rows.getOrDefault(head, Map.of())));
        for (UpdaterBlock block : blocks) {
            if (block.getGradientUpdater() instanceof ModulatedGradientUpdater step) {
                step.hand(block, iteration, factors.get(step.getConfig().modality()));
            }
        }
    }
}
