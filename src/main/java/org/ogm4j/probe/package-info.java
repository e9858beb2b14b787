/**
 * Probes: small classifiers of one modality that train alongside the network without changing it.
 *
 * <pre>
 * Probes            adds the vertices of a probe to a configuration
 *   Classifiers       the layers of a linear classifier
 * ProbeVertex       configuration of one layer of a probe
 * ProbeVertexImpl   the same in a running network
 *   LinearClassifier  its last layer by plain loops, where it is small
 * </pre>
 */
package org.ogm4j.probe;
