/**
 * Balanced multimodal training for DeepLearning4J: all that users of the library name, and nothing
 * below this package is part of the API.
 *
 * <p>{@link org.ogm4j.ModulatedOptimizer} takes the configuration of a network and gives a
 * modulated one back. Everything around the network stays DL4J's own: training, saving, evaluation.
 *
 * <pre>{@code
 * ModulatedOptimizer ogm = ModulatedOptimizer.builder().alpha(0.8).epochs(0, 50).build();
 * ComputationGraph net = new ComputationGraph(ogm.modulate(conf));
 * net.init();
 * net.addListeners(new ModulationListener(step -> System.out.println(step.modalities())));
 * net.fit(train, 100);
 * }</pre>
 *
 * <table>
 * <caption>Who is who</caption>
 * <tr><th>type</th><th>what it is</th></tr>
 * <tr><td>{@link org.ogm4j.ModulatedOptimizer}</td><td>the entry: options, {@code modulate}, {@code
 * strip}, {@code describe}, {@code evaluate}</td></tr>
 * <tr><td>{@link org.ogm4j.ScoreSource}</td><td>option: where the logits of one modality alone come
 * from</td></tr>
 * <tr><td>{@link org.ogm4j.CoefficientRule}</td><td>option: from the discrepancy ratio to the
 * coefficient</td></tr>
 * <tr><td>{@link org.ogm4j.BalanceRule}</td><td>option: from all that was measured to the
 * coefficients</td></tr>
 * <tr><td>{@link org.ogm4j.GradientNoise}</td><td>option: the noise of the encoders' steps</td></tr>
 * <tr><td>{@link org.ogm4j.UnimodalSignal}</td><td>option: whether encoders learn from their
 * modality's own loss too</td></tr>
 * <tr><td>{@link org.ogm4j.MissingModality}</td><td>option: how an example says that it lacks a
 * modality</td></tr>
 * <tr><td>{@link org.ogm4j.Distillation}</td><td>option: what an encoder takes over from a
 * teacher</td></tr>
 * <tr><td>{@link org.ogm4j.AdamVariant}</td><td>option: how Adam on encoders is modulated</td></tr>
 * <tr><td>{@link org.ogm4j.ModulationListener}</td><td>observes every step</td></tr>
 * <tr><td>{@link org.ogm4j.Modulation}, {@link org.ogm4j.ModalityStep}</td><td>what was observed in
 * one step</td></tr>
 * <tr><td>{@link org.ogm4j.UnimodalEvaluation}</td><td>how good the fused answer and each modality
 * alone are</td></tr>
 * <tr><td>{@link org.ogm4j.ModalityEvaluationListener}</td><td>finds that out while a network
 * trains</td></tr>
 * <tr><td>{@link org.ogm4j.Attribution}</td><td>what each modality contributes to shared
 * layers</td></tr>
 * </table>
 *
 * <p>More in the project's documents: {@code docs/guide.md} for every option, {@code
 * docs/method.md} for every formula, {@code docs/glossary.md} for the words.
 *
 * @since 0.1.0
 */
package org.ogm4j;
