/**
 * Gates: configurations that wrap the vertices downstream of the encoders, and what runs for them
 * in the backward pass of a training step.
 *
 * <pre>
 * configuration      running (HasGate)      wraps
 * GatedVertex        GatedVertexImpl        a vertex without a layer: most fusions
 * GatedLayerVertex   GatedLayerVertexImpl   a layer: a head, an output
 *
 * Gate                 one for each running vertex: keeps the features, multiplies error signals
 * Modulator            one for each network: computes a step at the first gate that is reached
 *   EditChecks           first step only: nothing that modulation needs has been edited away
 *   ModalityScores       s of every modality, or the scores that are held
 *   Coefficients         s to rho to k
 *   MomentCoefficients   p of the Adam variant
 *   UnimodalSignals      e_u, what each modality's own loss says at the gates
 *     Combination          R, which makes one of it and the joint signal
 *   SignalFactors        k and row weights, applied to error signals
 *   BatchLog             counts and logs batches that are not modulated
 * </pre>
 */
package org.ogm4j.gate;
