/**
 * How good the fused answer and each modality alone are on a data set.
 *
 * <pre>
 * Evaluator       a network and data to a UnimodalEvaluation
 *   ReadingPass     a second instance of the network, run forward at inference
 *   FusedOutputs    which outputs more than one modality reaches
 *   Tally           the answers of one answerer at one output, judged by their labels
 *     JudgedRows      the rows of a batch that count
 *     Errors          of numbers, column by column, in double
 * </pre>
 */
package org.ogm4j.evaluate;
