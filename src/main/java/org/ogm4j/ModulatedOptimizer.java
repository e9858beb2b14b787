package org.ogm4j;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.nd4j.linalg.dataset.api.iterator.MultiDataSetIterator;
import org.nd4j.linalg.learning.config.IUpdater;
import org.ogm4j.evaluate.Evaluator;
import org.ogm4j.presence.MissingSettings;
import org.ogm4j.report.AttributionMeter;
import org.ogm4j.report.Description;
import org.ogm4j.rewrite.Replica;
import org.ogm4j.rewrite.Rewrite;
import org.ogm4j.teacher.GivenTeacher;
import org.ogm4j.trace.ModulationSettings;
import org.ogm4j.trace.ScoreSettings;
import org.ogm4j.unimodal.ModalityIterator;
import org.ogm4j.unimodal.UnimodalNetworks;

/**
 * On-the-fly gradient modulation with generalization enhancement (OGM-GE) for a multimodal {@link
 * ComputationGraph}: in every batch it measures how well each modality alone predicts the labels,
 * slows the encoder of the one that leads, and puts back the noise that SGD loses by that.
 *
 * <p>For modality u of M, with encoder gradient g, batch size m and features phi:
 *
 * <pre>{@code
 * s^u   = mean_i softmax(W^u phi_i^u + b/M)[y_i]          score
 * rho^u = 1/(M-1) sum_{v != u} s^u / s^v                  discrepancy ratio
 * k^u   = 1 - tanh(alpha rho^u) if rho^u > 1, else 1      coefficient
 * step  = k^u g^u + h^u,  h^u ~ N(0, covariance of SGD's minibatch gradient)
 * }</pre>
 *
 * <p>Everything is put into the network's own configuration, so training, saving, cloning and
 * evaluation stay DL4J's.
 *
 * <p>Example:
 *
 * <pre>{@code
 * ModulatedOptimizer ogm = ModulatedOptimizer.builder().alpha(0.8).epochs(0, 50).build();
 * System.out.println(ogm.describe(conf)); // what it found
 * ComputationGraph net = new ComputationGraph(ogm.modulate(conf));
 * net.init();
 * net.fit(train, 100); // a MultiDataSetIterator
 * ModulatedOptimizer.strip(net).save(file); // the plain network, for deployment
 * }</pre>
 *
 * <p>The coefficient scales the gradient of the loss alone: not L1, L2 or weight decay, not batch
 * norm's running statistics, not what several modalities share. In an adaptive updater, where it
 * would cancel, it scales the finished step; Adam becomes the {@link AdamVariant}. Immutable and
 * safe to share between threads.
 *
 * @see <a href="https://arxiv.org/abs/2203.15332">Peng, Wei, Deng, Wang, Hu: Balanced Multimodal
 *     Learning via On-the-fly Gradient Modulation, CVPR 2022</a>
 * @since 0.1.0
 */
public final class ModulatedOptimizer {

    /** Default alpha of the default rule: the paper's setting for CREMA-D. */
    public static final double DEFAULT_ALPHA = 0.8;

    /** Default seed of the noise. */
    public static final long DEFAULT_SEED = 2022;

    private final ModulationSettings settings;

    private ModulatedOptimizer(ModulationSettings settings) {
        this.settings = settings;
    }

    /**
     * Starts with the defaults: one modality per network input, cvpr2022 with alpha 0.8, all
     * epochs, and for each encoder the noise that suits its updaters.
     *
     * @return a new builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * A modulated copy of a configuration.
     *
     * @param conf a network of two or more modalities; it stays as it is
     * @return the copy; its vertices have the same names, order and parameters; probes and {@link
     *     MissingModality#nans()} add vertices of their own
     * @throws IllegalArgumentException with all problems found, if the network cannot be modulated
     * @throws IllegalStateException if it is modulated already
     */
    public ComputationGraphConfiguration modulate(ComputationGraphConfiguration conf) {
        return Rewrite.modulate(conf, settings);
    }

    /**
     * A modulated copy of a network: parameters, iteration and epoch counters and listeners are
     * kept, and the state of every updater that stays of its kind.
     *
     * @param graph a network of two or more modalities; it stays as it is
     * @return the copy
     * @throws IllegalArgumentException with all problems found, if the network cannot be modulated
     * @throws IllegalStateException if it is modulated already
     */
    public ComputationGraph modulate(ComputationGraph graph) {
        return Replica.of(graph, modulate(graph.getConfiguration()));
    }

    /**
     * A table of what modulation does to a network.
     *
     * @param conf a network, modulated or not
     * @return per modality its inputs, encoder, where its gate sits and where its score comes from
     * @throws IllegalArgumentException with all problems found, if the network cannot be modulated
     */
    public String describe(ComputationGraphConfiguration conf) {
        return Description.of(conf, settings);
    }

    /**
     * Measures how much of the output and of the gradient of every layer in a trunk, where
     * sequences of several modalities mix, comes from each modality's tokens.
     *
     * @param graph a network, modulated or not; it stays as it is
     * @param batch features and labels, without feature masks
     * @return the shares, of a pass without dropout
     * @throws IllegalArgumentException if batch or modalities do not fit the network
     */
    public Attribution attribution(ComputationGraph graph, MultiDataSet batch) {
        return AttributionMeter.measure(graph, batch, settings);
    }

    /**
     * A table of where each modality goes.
     *
     * @param conf a network, modulated or not
     * @return per vertex which modalities reach it, and downstream of a fusion whose its tokens are
     * @throws IllegalArgumentException if the modalities do not fit the network
     */
    public String trace(ComputationGraphConfiguration conf) {
        return Description.trace(conf, settings);
    }

    /**
     * The network of one modality alone: its encoder as it is, the mean over the places of
     * sequences and images, and for each output that the modality is scored at a linear classifier
     * with that output's loss. It reads the modality's own inputs.
     *
     * @param conf a network, modulated or not; it stays as it is
     * @param modality the name of a modality
     * @return a configuration whose inputs, encoder and outputs have the names that they have in
     *     conf; layers and updaters of the encoder are unchanged, a classifier has the layer of its
     *     output where that has weights, else its updater
     * @throws IllegalArgumentException if there is no such modality, the network cannot be
     *     modulated, or a classifier cannot read the end of the encoder
     */
    public ComputationGraphConfiguration unimodal(
            ComputationGraphConfiguration conf, String modality) {
        return UnimodalNetworks.of(Rewrite.strip(conf), settings, modality);
    }

    /**
     * The batches of a network, as the network of one of its modalities takes them: its own inputs
     * and outputs, with their masks.
     *
     * @param conf a network, modulated or not
     * @param modality the name of a modality
     * @param batches of the network
     * @return reads them as they come
     * @throws IllegalArgumentException as {@link #unimodal} does
     */
    public MultiDataSetIterator unimodal(
            ComputationGraphConfiguration conf, String modality, MultiDataSetIterator batches) {
        return new ModalityIterator(batches, conf, unimodal(conf, modality));
    }

    /**
     * Trains the network of one modality alone on the batches of the whole network: a teacher, or a
     * baseline.
     *
     * @param conf a network, modulated or not; it stays as it is
     * @param modality the name of a modality
     * @param batches of the network; must support reset
     * @param epochs how often to read them
     * @return the trained network of {@link #unimodal}
     * @throws IllegalArgumentException as {@link #unimodal} does
     */
    public ComputationGraph trainUnimodal(
            ComputationGraphConfiguration conf,
            String modality,
            MultiDataSetIterator batches,
            int epochs) {
        ComputationGraph alone = new ComputationGraph(unimodal(conf, modality));
        alone.init();
        alone.fit(unimodal(conf, modality, batches), epochs);
        return alone;
    }

    /**
     * Trains a network for each modality, one after the other.
     *
     * <p>Example: train teachers, then the network with them.
     *
     * <pre>{@code
     * Map<String, ComputationGraph> teachers =
     *         ModulatedOptimizer.builder().build().trainUnimodal(conf, train, 30);
     * ModulatedOptimizer.Builder builder = ModulatedOptimizer.builder();
     * teachers.forEach(builder::teacher);
     * ComputationGraph net = new ComputationGraph(builder.build().modulate(conf));
     * net.init();
     * net.fit(train, 100);
     * }</pre>
     *
     * @param conf a network, modulated or not; it stays as it is
     * @param batches of the network; must support reset
     * @param epochs how often to read them for each
     * @return by modality
     * @throws IllegalArgumentException as {@link #unimodal} does
     */
    public Map<String, ComputationGraph> trainUnimodal(
            ComputationGraphConfiguration conf, MultiDataSetIterator batches, int epochs) {
        Map<String, ComputationGraph> trained = new LinkedHashMap<>();
        for (String modality : UnimodalNetworks.modalities(Rewrite.strip(conf), settings)) {
            trained.put(modality, trainUnimodal(conf, modality, batches, epochs));
        }
        return trained;
    }

    /**
     * The plain network back: same parameters, updater state and counters.
     *
     * @param graph a network, modulated or not; it stays as it is
     * @return a plain copy
     */
    public static ComputationGraph strip(ComputationGraph graph) {
        return Replica.of(graph, Rewrite.strip(graph.getConfiguration()));
    }

    /**
     * What modulation measured and did in the latest step inside the window.
     *
     * @param graph a network
     * @return empty if there was no such step yet
     */
    public static Optional<Modulation> lastModulation(ComputationGraph graph) {
        return Replica.lastModulation(graph);
    }

    /**
     * The modalities of a modulated network, also before its first step and outside the window.
     *
     * @param graph a network
     * @return their names in the order in which they were declared; empty if it is not modulated
     */
    public static List<String> modalities(ComputationGraph graph) {
        return Replica.modalities(graph);
    }

    /**
     * How good a network's answer is, and that of each modality alone by the logits that it is
     * scored with, at inference. The network stays as it is, and no random number is drawn.
     *
     * @param graph a network; one that is not modulated is read with the defaults of the builder
     * @param data read from its start; an example whose feature masks are 0 for all inputs of a
     *     modality lacks it, and counts for the fused answer only
     * @return see {@link UnimodalEvaluation} for an example
     * @throws IllegalArgumentException with all problems found, if a modality cannot be read, or if
     *     no example has a label
     * @throws IllegalStateException if the network was edited after it was modulated
     * @throws ArithmeticException if an answer is NaN
     */
    public static UnimodalEvaluation evaluate(ComputationGraph graph, MultiDataSetIterator data) {
        return Evaluator.of(graph, data, builder().build().settings);
    }

    /** Collects options; every one has a default. */
    public static final class Builder {

        private final Map<String, List<String>> modalities = new LinkedHashMap<>();
        private final Map<String, List<String>> encoders = new LinkedHashMap<>();
        private final Map<String, String> heads = new LinkedHashMap<>();
        private final Map<String, ScoreSource> sources = new LinkedHashMap<>();
        private ScoreSource source = ScoreSource.automatic();
        private int scoreEvery = 1;
        private boolean sharedRatio;
        private BalanceRule rule = CoefficientRule.cvpr2022(DEFAULT_ALPHA);
        private boolean alphaGiven;
        private boolean ruleGiven;
        private GradientNoise noise;
        private AdamVariant adam = AdamVariant.standard();
        private UnimodalSignal signal = UnimodalSignal.none();
        private final Map<String, UnimodalSignal> signals = new LinkedHashMap<>();
        private PredictionModulation drop = PredictionModulation.none();
        private MissingModality missing = MissingModality.masks();
        private final Map<String, MissingModality> missings = new LinkedHashMap<>();
        private final Map<String, GivenTeacher> teachers = new LinkedHashMap<>();
        private int firstEpoch;
        private int lastEpoch = Integer.MAX_VALUE;
        private long seed = DEFAULT_SEED;
        private IUpdater updater;
        private boolean trunk;

        private Builder() {}

        private static void require(boolean holds, String problem) {
            if (!holds) {
                throw new IllegalArgumentException(problem);
            }
        }

        /**
         * Names a modality and the network inputs that are its own. Default: one modality per
         * network input, named after it. Once one modality is named, all must be.
         *
         * @param name a name of your choice
         * @param networkInputs its network inputs, one or more
         * @return this
         * @throws IllegalArgumentException if the name is taken or there are no inputs
         */
        public Builder modality(String name, String... networkInputs) {
            Objects.requireNonNull(name, "name");
            require(
                    networkInputs.length > 0,
                    "inputs of modality \"" + name + "\" must be at least 1, got none");
            require(
                    modalities.putIfAbsent(name, List.of(networkInputs)) == null,
                    "names of modalities must differ, got \"" + name + "\" twice");
            return this;
        }

        /**
         * Says where the encoder of a modality ends; everything downstream is the fusion, which is
         * shared. Default: it ends where modalities meet, and upstream of layers that output the
         * factors of a product, such as the scale of FiLM or the gate of a gated fusion.
         *
         * @param modality the modality
         * @param ends vertices that this modality alone reaches, one or more
         * @return this
         * @throws IllegalArgumentException if the modality already has ends, or none are given
         */
        public Builder encoder(String modality, String... ends) {
            Objects.requireNonNull(modality, "modality");
            if (ends.length == 0 || encoders.putIfAbsent(modality, List.of(ends)) != null) {
                throw new IllegalArgumentException(
                        "encoder of modality \"%s\" must be given once, with its ends, got %s"
                                .formatted(
                                        modality, ends.length == 0 ? "no ends" : "a second call"));
            }
            return this;
        }

        /**
         * Names the layer that gives the logits of a modality alone, where the network has one. The
         * layer is then part of the classifier: it is not modulated, the gate sits at its entrance.
         *
         * @param modality the modality
         * @param layer a DenseLayer with identity activation, or an output layer, that this
         *     modality alone reaches
         * @return this
         * @throws IllegalArgumentException if the modality already has a head
         */
        public Builder head(String modality, String layer) {
            Objects.requireNonNull(modality, "modality");
            Objects.requireNonNull(layer, "layer");
            require(
                    heads.putIfAbsent(modality, layer) == null,
                    "heads must be one per modality, got two for \"" + modality + "\"");
            return this;
        }

        /**
         * Where the logits come from that modalities are scored with.
         *
         * @param source default {@link ScoreSource#automatic()}
         * @return this
         */
        public Builder score(ScoreSource source) {
            this.source = Objects.requireNonNull(source, "source");
            return this;
        }

        /**
         * Where the logits of one modality come from.
         *
         * @param modality the modality
         * @param source for this modality, whatever {@link #score(ScoreSource)} says
         * @return this
         */
        public Builder score(String modality, ScoreSource source) {
            sources.put(
                    Objects.requireNonNull(modality, "modality"),
                    Objects.requireNonNull(source, "source"));
            return this;
        }

        /**
         * Scores the modalities only in every n-th step, and uses the scores for n steps.
         *
         * @param n at least 1, default 1
         * @return this
         * @throws IllegalArgumentException if n is below 1
         */
        public Builder scoreEvery(int n) {
            require(n >= 1, "scoreEvery must be at least 1, got " + n);
            scoreEvery = n;
            return this;
        }

        /**
         * Compares modalities on the examples of all replicas of a {@code ParallelWrapper}, not on
         * those of each: in every step the ratio, and k, are those of one big batch of them.
         *
         * <p>Without it every replica has a ratio of its own. With small batches their k spread,
         * and are larger on average than that of the big batch, 0.27 for 0.20 with 8 examples for
         * each.
         *
         * <p>The replicas wait for one another in the backward pass, for no replica that has failed
         * or has no batch, and never for more than a minute; then the ratio is that of those who
         * came. It acts between the threads of one process. A network that trains alone, and a
         * worker of Spark with a task of its own, compares its own examples as without it.
         *
         * <pre>{@code
         * ModulatedOptimizer optimizer = ModulatedOptimizer.builder().sharedRatio().build();
         * }</pre>
         *
         * @return this
         */
        public Builder sharedRatio() {
            sharedRatio = true;
            return this;
        }

        /**
         * Short for {@code rule(CoefficientRule.cvpr2022(alpha))}.
         *
         * @param alpha positive and finite, default {@value ModulatedOptimizer#DEFAULT_ALPHA};
         *     published: 0.1 for VGGSound, 0.8 for CREMA-D
         * @return this
         * @throws IllegalArgumentException if alpha is not positive and finite
         * @throws IllegalStateException if {@link #rule} was called too
         */
        public Builder alpha(double alpha) {
            requireOne(!ruleGiven);
            rule = CoefficientRule.cvpr2022(alpha);
            alphaGiven = true;
            return this;
        }

        /** Which of the two would count is nothing to guess. */
        private static void requireOne(boolean holds) {
            if (!holds) {
                throw new IllegalStateException(
                        "alpha(...) and rule(...) must not both be given: alpha(a) is short for rule(CoefficientRule.cvpr2022(a)); leave one of them out");
            }
        }

        /**
         * How the coefficient follows from the ratio.
         *
         * @param rule default {@code cvpr2022(0.8)}
         * @return this
         * @throws IllegalStateException if {@link #alpha} was called too
         */
        public Builder rule(CoefficientRule rule) {
            return rule((BalanceRule) rule);
        }

        /**
         * How the coefficients follow from all that was measured.
         *
         * @param rule instead of a {@link CoefficientRule}; a lambda names its parameter's type:
         *     {@code (BalanceRule.Step step) -> ...}
         * @return this
         * @throws IllegalStateException if {@link #alpha} was called too
         */
        public Builder rule(BalanceRule rule) {
            requireOne(!alphaGiven);
            this.rule = Objects.requireNonNull(rule, "rule");
            ruleGiven = true;
            return this;
        }

        /**
         * The modulation window. Outside it training is bit-identical to the plain network's.
         *
         * @param first the first epoch, counted from 0; default 0
         * @param last the last epoch, inclusive; default no end
         * @return this
         * @throws IllegalArgumentException if first is negative or last is before first
         */
        public Builder epochs(int first, int last) {
            require(
                    first >= 0 && first <= last,
                    "epochs must be first <= last, counted from 0, got first = %d, last = %d"
                            .formatted(first, last));
            firstEpoch = first;
            lastEpoch = last;
            return this;
        }

        /**
         * What the encoders learn from: the joint loss alone, or each modality's own loss too.
         *
         * @param signal default {@link UnimodalSignal#none()}
         * @return this
         */
        public Builder unimodal(UnimodalSignal signal) {
            this.signal = Objects.requireNonNull(signal, "signal");
            return this;
        }

        /**
         * What the encoder of one modality learns from.
         *
         * @param modality the modality
         * @param signal for this modality, whatever {@link #unimodal(UnimodalSignal)} says
         * @return this
         */
        public Builder unimodal(String modality, UnimodalSignal signal) {
            signals.put(
                    Objects.requireNonNull(modality, "modality"),
                    Objects.requireNonNull(signal, "signal"));
            return this;
        }

        /**
         * Drops features of the modality that leads, in training: prediction modulation, the other
         * half of the journal paper. It needs no coefficient, and gets along with all of them.
         *
         * @param drop default {@link PredictionModulation#none()}
         * @return this
         */
        public Builder dropFeatures(PredictionModulation drop) {
            this.drop = Objects.requireNonNull(drop, "drop");
            return this;
        }

        /**
         * How an example says that it lacks a modality. It then counts for nothing at the gates of
         * that modality, and pairs of modalities are compared on the examples that have both.
         *
         * @param missing default {@link MissingModality#masks()}: a feature mask that is all 0
         * @return this
         */
        public Builder missing(MissingModality missing) {
            this.missing = Objects.requireNonNull(missing, "missing");
            return this;
        }

        /**
         * How an example says that it lacks one of the modalities.
         *
         * @param modality the modality
         * @param missing for this modality, whatever {@link #missing(MissingModality)} says
         * @return this
         */
        public Builder missing(String modality, MissingModality missing) {
            missings.put(
                    Objects.requireNonNull(modality, "modality"),
                    Objects.requireNonNull(missing, "missing"));
            return this;
        }

        /**
         * Gives the encoder of a modality a teacher, with {@code Distillation.features(1)}.
         *
         * @param modality the modality
         * @param network as {@link #teacher(String, ComputationGraph, Distillation)} takes it
         * @return this
         * @throws IllegalArgumentException if the modality already has a teacher
         */
        public Builder teacher(String modality, ComputationGraph network) {
            return teacher(modality, network, Distillation.features(1));
        }

        /**
         * Gives the encoder of a modality a teacher: a trained network of that modality alone,
         * which comes into the graph as a frozen branch. It is run once in every step inside the
         * window, is never trained, is saved with the network, and {@link #strip} takes it out.
         *
         * @param modality the modality
         * @param network a trained network, as {@link #trainUnimodal} trains it: of the same input
         *     names and data type, for features with vertices of the same names and shapes as the
         *     ends of the encoder, for logits with outputs of the same names and classes as those
         *     that the modality is scored at. It is read when {@code modulate} is called
         * @param distillation what the encoder takes over
         * @return this
         * @throws IllegalArgumentException if the modality already has a teacher
         */
        public Builder teacher(
                String modality, ComputationGraph network, Distillation distillation) {
            Objects.requireNonNull(modality, "modality");
            Objects.requireNonNull(network, "network");
            Objects.requireNonNull(distillation, "distillation");
            require(
                    teachers.putIfAbsent(modality, new GivenTeacher(network, distillation)) == null,
                    "teachers must be one per modality, got two for \"" + modality + "\"");
            return this;
        }

        /**
         * Modulates the layers of a trunk as well, in which tokens of several modalities mix. The
         * gradient of every layer that works on tokens is a sum {@code g = sum_u g^u}, with g^u
         * from the tokens of modality u, and each part is multiplied by the coefficient of its
         * modality. No noise is added there. It needs linear updaters, and costs a second backward
         * pass of those layers.
         *
         * @param modulated default false: what modalities share stays as it is
         * @return this
         */
        public Builder trunk(boolean modulated) {
            trunk = modulated;
            return this;
        }

        /**
         * Sets an updater on all layers. Default: each layer keeps its own.
         *
         * @param updater any of DL4J's; on encoders Adam becomes the {@link AdamVariant}, and the
         *     coefficient scales the finished step of any other adaptive one
         * @return this
         */
        public Builder updater(IUpdater updater) {
            this.updater = Objects.requireNonNull(updater, "updater");
            return this;
        }

        /**
         * How Adam on the encoders is modulated.
         *
         * @param adam default {@link AdamVariant#standard()}
         * @return this
         */
        public Builder adam(AdamVariant adam) {
            this.adam = Objects.requireNonNull(adam, "adam");
            return this;
        }

        /**
         * The noise to add to the gradients of the encoders.
         *
         * @param noise default: for each encoder {@link GradientNoise#sgdCovariance()} if all its
         *     updaters are linear (Sgd, Nesterovs), else {@link GradientNoise#moments()}
         * @return this
         */
        public Builder noise(GradientNoise noise) {
            this.noise = Objects.requireNonNull(noise, "noise");
            return this;
        }

        /**
         * The seed of the noise, and of the features that are dropped.
         *
         * @param seed default {@value ModulatedOptimizer#DEFAULT_SEED}
         * @return this
         */
        public Builder seed(long seed) {
            this.seed = seed;
            return this;
        }

        /**
         * Builds the optimizer from these options.
         *
         * @return an optimizer for any number of networks
         */
        public ModulatedOptimizer build() {
            return new ModulatedOptimizer(
                    new ModulationSettings(
                            new LinkedHashMap<>(modalities),
                            Map.copyOf(encoders),
                            new ScoreSettings(
                                    source,
                                    Map.copyOf(sources),
                                    new LinkedHashMap<>(heads),
                                    scoreEvery,
                                    sharedRatio),
                            rule,
                            noise,
                            firstEpoch,
                            lastEpoch,
                            seed,
                            updater,
                            adam,
                            signal,
                            new LinkedHashMap<>(signals),
                            drop,
                            new MissingSettings(missing, new LinkedHashMap<>(missings)),
                            new LinkedHashMap<>(teachers),
                            trunk));
        }
    }
}
