/**
 * From files to data sets, by descriptions that are JSON too.
 *
 * <pre>
 * DataDescription       the entrance: read, write, load
 *   FileData            labels and modalities in files
 *     LabelsDescription CsvLabels, NameLabels or FolderLabels; ClassNames are their order
 *   DigitData           spoken and written digits, paired
 * KnownData             descriptions of public data sets
 * FolderGuess           what a folder seems to hold; GuessedFolder is one inside, GuessedTable a CSV file
 * </pre>
 */
package org.ogm4j.study.data.description;
