/**
 * How well each modality alone predicts the labels: logits, losses of rows, scores of batches, and
 * what its own loss says.
 *
 * <pre>
 * Readout          where logits come from, one of
 *   HeadReadout      rows of a head's weights (FeatureSlice by FeatureSlice), or a whole head
 *   ZeroOutReadout   the shared part with the other modalities at zero; zeroout runs it
 * Truth            the labels, their mask, and the OutputLoss that judges logits by them
 * UnimodalLosses   readouts and truths to the logits and losses of one modality
 *   RowLosses        the loss of every row; Rows: arrays of any rank, as rows
 *   ExampleLosses    the mean over the rows of an example
 * UnimodalErrors   readouts and truths to the error signals e_u of one modality, Edge by Edge
 * BatchScores      losses of all modalities to their scores, log scores, entropies
 * StepScores       the same with their ratios, where examples may lack a modality
 * ClassCounts      how often each class is the true one, for p of the Adam variant
 * </pre>
 */
package org.ogm4j.score;
