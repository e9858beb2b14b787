/**
 * Whose tokens are where: which modality reaches which vertex, which modality owns each place of a
 * sequence, and the gradient of shared layers split by these owners.
 *
 * <pre>
 * ModalityReach   the modalities that reach each vertex
 * TokenOwners     the owner of each place, as TokenRange after TokenRange
 * TokenPlan       the same for one trunk layer, as it is saved
 * TokenGradient   the gradient of a layer, each token's part times a weight (TokenWeights)
 *   Attention       the same inside multi-head attention
 * </pre>
 */
package org.ogm4j.tokens;
