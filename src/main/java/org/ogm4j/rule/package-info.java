/** Scores to ratio to coefficient: pure functions on double, which know nothing of ND4J or DL4J. */
package org.ogm4j.rule;
