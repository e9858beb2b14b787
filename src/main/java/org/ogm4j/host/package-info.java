/**
 * What DL4J keeps where: the only reflection, and the only readers of DL4J's internals.
 *
 * <pre>
 * configurations      Vertices (layers in vertices), Updaters (updaters in layers), OutputTypes
 *                     (what a vertex outputs), VertexCopy (deep copies)
 * running networks    Labels (of the batch), Intake and KeepsFeatures (inputs before another
 *                     reader's dropout), Finite (NaN and infinity), RandomState (ND4J's generator)
 * arrays              Numbers (read and written by plain loops)
 * Wrapper             marks configurations of ours that stand in place of DL4J's
 * Bystander           marks vertices, such as probes, that are no part of the network itself
 * </pre>
 */
package org.ogm4j.host;
