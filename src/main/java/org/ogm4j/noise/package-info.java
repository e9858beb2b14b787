/**
 * Generalization enhancement (GE): the noise that puts back what slowing a gradient takes from SGD.
 */
package org.ogm4j.noise;
