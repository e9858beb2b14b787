/**
 * From a plain configuration to a modulated one and back, and the same for running networks with
 * their parameters and updater state.
 */
package org.ogm4j.rewrite;
