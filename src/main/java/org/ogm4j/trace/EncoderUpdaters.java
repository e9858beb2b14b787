package org.ogm4j.trace;

import java.util.Set;

/**
 * What the updaters of an encoder are, NoOp aside.
 *
 * @param kinds the simple names of their classes
 * @param decorated whether they are decorated, and the coefficient acts in them; else it acts on
 *     the error signal
 * @param variant whether one of them becomes the Adam variant
 */
public record EncoderUpdaters(Set<String> kinds, boolean decorated, boolean variant) {}
