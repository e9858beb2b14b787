/**
 * Data sets of any number of named modalities, in batches for a {@code ComputationGraph}.
 *
 * <pre>
 * MultimodalData       examples, their labels, and a Modality for each of the network's inputs
 *   Example, Target    id, label, fold and group of one example; what labels are
 *   Modality           arrays of one modality: Values, decoded by a Modality.Reader, kept as Memory allows
 * Partition                training, validation and test, by fold or by seed
 * Parts                a divided data set; Fit is measured on its training part alone
 *   Standardization    mean 0 and deviation 1
 * Batches              what a network is fed with: features, labels and masks; Stack makes arrays
 * DataException        the data on disk cannot be used: where and why
 * Shuffle              random orders
 * </pre>
 *
 * <p>Files become such data sets in {@link org.ogm4j.study.data.description}.
 */
package org.ogm4j.study.data;
