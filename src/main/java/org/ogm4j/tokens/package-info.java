/**
 * Whose tokens are where: which modality reaches which vertex, whose each place of a sequence is,
 * and the gradient of shared layers taken apart by the owners of tokens.
 */
package org.ogm4j.tokens;
