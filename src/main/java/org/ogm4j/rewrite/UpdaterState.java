package org.ogm4j.rewrite;

import java.util.HashMap;
import java.util.Map;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.updater.UpdaterBlock;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.learning.config.IUpdater;
import org.ogm4j.updater.ModulatedUpdater;

/**
 * Updater state by parameter. DL4J joins neighbouring parameters with equal updaters into one
 * block, and keeps the state of a block component by component: all of its first moments, then all
 * of its second ones. Another configuration makes other blocks, so state moves parameter by
 * parameter. What a decorated updater keeps beside the state of the one inside starts afresh.
 */
final class UpdaterState {

    private UpdaterState() {}

    /** Copies the state of every parameter whose updater is of the same kind in both networks. */
    static void copy(ComputationGraph from, ComputationGraph to) {
        Map<String, INDArray[]> source = byParameter(from);
        byParameter(to)
                .forEach(
                        (parameter, components) -> {
                            INDArray[] old = source.get(parameter);
                            for (int i = 0; old != null && i < components.length; i++) {
                                components[i].assign(old[i]);
                            }
                        });
    }

    /** Views of the state, by vertex, parameter and kind of updater. */
    private static Map<String, INDArray[]> byParameter(ComputationGraph graph) {
        Map<String, INDArray[]> states = new HashMap<>();
        for (UpdaterBlock block : graph.getUpdater().getUpdaterBlocks()) {
            INDArray view = block.getUpdaterView();
            if (view != null) {
                INDArray flat = view.reshape(view.length());
                IUpdater inside = plainOf(block.getLayersAndVariablesInBlock().get(0));
                int size = block.getParamOffsetEnd() - block.getParamOffsetStart();
                for (UpdaterBlock.ParamState param : block.getLayersAndVariablesInBlock()) {
                    int start = param.getParamOffsetStart() - block.getParamOffsetStart();
                    int end = param.getParamOffsetEnd() - block.getParamOffsetStart();
                    INDArray[] components = new INDArray[(int) inside.stateSize(1)];
                    for (int i = 0; i < components.length; i++) {
                        components[i] =
                                flat.get(
                                        NDArrayIndex.interval(
                                                (long) i * size + start, (long) i * size + end));
                    }
                    states.put(key(param), components);
                }
            }
        }
        return states;
    }

    private static IUpdater plainOf(UpdaterBlock.ParamState param) {
        return ModulatedUpdater.plain(
                param.getLayer().getConfig().getUpdaterByParam(param.getParamName()));
    }

    private static String key(UpdaterBlock.ParamState param) {
        return String.join(
                "/",
                param.getLayer().getConfig().getLayerName(),
                param.getParamName(),
                plainOf(param).getClass().getName());
    }
}
