/**
 * The command line of studies: {@link org.ogm4j.study.cli.Main} with check, init, run and tables;
 * {@link org.ogm4j.study.cli.Cli} is how all programs speak.
 */
package org.ogm4j.study.cli;
