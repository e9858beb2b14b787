package org.ogm4j.evaluate;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.ogm4j.plan.ModulationPlan;
import org.ogm4j.rewrite.Rewrite;
import org.ogm4j.score.BatchScores;
import org.ogm4j.score.ExampleLosses;
import org.ogm4j.score.Truth;
import org.ogm4j.score.UnimodalLosses;

/** What an evaluation judges, before it is judged. */
public final class Read {

    private Read() {}

    /** The scores of all modalities from the logits that an evaluation reads. */
    public static double[] scores(ComputationGraph modulated, MultiDataSet batch) {
        ComputationGraphConfiguration conf = Rewrite.readable(modulated.getConfiguration(), null);
        ModulationPlan plan = Rewrite.planOf(conf).orElseThrow();
        ReadingPass pass = new ReadingPass(modulated, conf, plan);
        pass.run(batch);
        Map<String, Truth> truths = Truth.of(pass.instance(), plan.readouts());
        List<Map<String, ExampleLosses>> losses = new ArrayList<>();
        plan.modalities()
                .forEach(
                        own ->
                                losses.add(
                                        UnimodalLosses.of(
                                                pass.instance(),
                                                truths,
                                                own.name(),
                                                own.readouts(),
                                                pass.zeroOut(),
                                                false)));
        return BatchScores.of(losses);
    }

    /** The answers of one modality alone by output, [rows, width], in double. */
    static Map<String, INDArray> alone(
            ComputationGraph modulated, MultiDataSet batch, String modality) {
        ComputationGraphConfiguration conf = Rewrite.readable(modulated.getConfiguration(), null);
        ModulationPlan plan = Rewrite.planOf(conf).orElseThrow();
        ReadingPass pass = new ReadingPass(modulated, conf, plan);
        pass.run(batch);
        Map<String, Truth> truths = Truth.of(pass.instance(), plan.readouts());
        Map<String, INDArray> answers = new LinkedHashMap<>();
        plan.modalities().stream()
                .filter(own -> own.name().equals(modality))
                .forEach(
                        own ->
                                UnimodalLosses.read(
                                        pass.instance(),
                                        truths,
                                        modality,
                                        own.readouts(),
                                        pass.zeroOut(),
                                        (output, truth, logits) ->
                                                answers.put(
                                                        output,
                                                        Evaluator.predictions(truth, logits))));
        return answers;
    }
}
