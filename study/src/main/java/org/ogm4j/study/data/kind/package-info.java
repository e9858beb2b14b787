/**
 * Kinds of modality. Each is a record that says which files and sizes, as JSON does, and opens
 * them.
 *
 * <pre>
 * ModalityDescription   one of these:
 *   WavFolder           log spectrograms
 *   ImageFolder         images and frames
 *   CsvColumns          columns of numbers
 *   NpyArrays           NumPy arrays
 *   TextTokens          indices of words; TextSource says where texts are
 *   TextGrams           hashed n-grams
 * Source                an opened one: arrays by the ids of examples
 * Standardize           what is measured on the training part
 * Check, Vectors        what they share
 * </pre>
 */
package org.ogm4j.study.data.kind;
