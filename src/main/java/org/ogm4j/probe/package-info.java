/**
 * Probes: small classifiers of one modality that train alongside the network without changing it.
 */
package org.ogm4j.probe;
