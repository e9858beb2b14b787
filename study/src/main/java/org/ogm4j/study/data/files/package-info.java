/**
 * Files and folders.
 *
 * <pre>
 * FileBytes     a file as a whole, of a limited size
 * FolderFiles   the files of a folder by id
 * CsvTable      one table; CsvLines takes its text apart; CsvRows has rows of several by id
 * NpyFile       a NumPy array
 * IdxFile       bytes as MNIST has them
 * DigitFiles    recordings and pictures of digits, by part
 * </pre>
 */
package org.ogm4j.study.data.files;
