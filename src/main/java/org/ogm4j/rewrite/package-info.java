/**
 * From a plain configuration to a modulated one and back, and the same for running networks with
 * their parameters and updater state.
 *
 * <pre>
 * Rewrite        configuration to configuration: modulate, strip
 *   HeadUpdaters   decorates the updaters of heads, for the Adam variant
 * Replica        network to network
 *   UpdaterState   copies updater state, parameter by parameter
 * </pre>
 */
package org.ogm4j.rewrite;
