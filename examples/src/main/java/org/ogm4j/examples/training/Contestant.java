package org.ogm4j.examples.training;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.ogm4j.Balance;
import org.ogm4j.ModulatedOptimizer;
import org.ogm4j.examples.network.Modality;
import org.ogm4j.examples.network.Unimodal;
import org.ogm4j.study.Baselines;
import org.ogm4j.study.Course;
import org.ogm4j.study.Trial;

/**
 * A method of the example as the study sees it.
 *
 * @param method how to train
 * @param given the settings that it shares with the others
 */
public record Contestant(Method method, Settings given) implements org.ogm4j.study.Method {

    private static final int ONLINE_EPOCHS = 2;

    @Override
    public Course start(Trial trial) {
        Settings settings = of(trial);
        ComputationGraph plain = plain(trial, settings);
        ComputationGraph graph = method.prepare(plain, settings);
        return switch (method) {
            case BLENDING_OFFLINE -> Baselines.blended(trial, graph, settings.epochs());
            case BLENDING_ONLINE -> Baselines.blended(trial, graph, ONLINE_EPOCHS);
            case DISTILLATION -> distilled(trial, settings, graph);
            case G2D -> Course.of(taught(trial, settings, graph));
            default -> Course.of(graph);
        };
    }

    /** The network with its initial weights; methods of Adam have an updater of their own. */
    private ComputationGraph plain(Trial trial, Settings settings) {
        if (settings.updater() == given.updater()) {
            return trial.plain();
        }
        ComputationGraph plain = new ComputationGraph(settings.network());
        plain.init();
        return plain;
    }

    private Course distilled(Trial trial, Settings settings, ComputationGraph student) {
        Map<String, ComputationGraph> teachers = new LinkedHashMap<>();
        Map<String, String> features = new LinkedHashMap<>();
        for (Modality modality : Modality.values()) {
            ComputationGraph teacher = Method.alone(modality, trial.plain(), settings);
            Baselines.train(trial, teacher, "teacher " + modality.input());
            teachers.put(Unimodal.head(modality), teacher);
            features.put(Unimodal.head(modality), modality.features());
        }
        return Baselines.distilled(trial, student, teachers, features);
    }

    private static ComputationGraph taught(Trial trial, Settings settings, ComputationGraph plain) {
        ModulatedOptimizer modalities = ModulatedOptimizer.builder().build();
        Map<String, ComputationGraph> teachers = new LinkedHashMap<>();
        for (String modality : trial.modalities()) {
            ComputationGraph teacher =
                    new ComputationGraph(modalities.unimodal(plain.getConfiguration(), modality));
            teacher.init();
            Baselines.train(trial, teacher, "teacher " + modality);
            teachers.put(modality, teacher);
        }
        return Balance.g2d(teachers)
                .epochs(0, settings.epochs() - 1)
                .seed(settings.seed())
                .build()
                .modulate(plain);
    }

    /** The settings of a run. */
    private Settings of(Trial trial) {
        Settings own = method.settings(given).withSeed(trial.seed());
        double rate = trial.point().learningRate();
        return own.with(Double.isNaN(rate) ? own.learningRate() : rate, trial.point().strength());
    }

    /** Where nothing is modulated the rule and its epochs do not decide on anything. */
    @Override
    public Map<String, String> settings(Trial trial) {
        Settings settings = of(trial);
        Map<String, String> all = new LinkedHashMap<>();
        all.put("encoder", settings.architecture().encoder().toString());
        all.put("fusion", settings.architecture().fusion().toString());
        all.put("updater", settings.updater().toString());
        all.put("learning_rate", Double.toString(settings.learningRate()));
        all.put("batch", Integer.toString(settings.batch()));
        if (method.modulates()) {
            all.put("rule", method.rule(settings).toString());
            all.put("modulated_epochs", Integer.toString(settings.modulatedEpochs()));
        }
        return all;
    }

    @Override
    public Optional<String> only() {
        return switch (method) {
            case AUDIO_ONLY -> Optional.of(Modality.AUDIO.input());
            case VISUAL_ONLY -> Optional.of(Modality.VISUAL.input());
            default -> Optional.empty();
        };
    }
}
