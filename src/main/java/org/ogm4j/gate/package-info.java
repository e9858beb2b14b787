/**
 * Gates: configurations that wrap the vertices behind the encoders, and what runs for them in the
 * backward pass of a training step.
 */
package org.ogm4j.gate;
