/**
 * A page of ours in DL4J's training UI: {@link org.ogm4j.study.watch.page.ModulationModule} serves
 * it, from the {@link org.ogm4j.study.watch.page.StepUpdate}s that a {@link
 * org.ogm4j.study.watch.UiListener} has stored; {@code Training} is what one training's updates
 * come to. Needs {@code org.deeplearning4j:deeplearning4j-ui}, which is no dependency of this
 * module's users.
 */
package org.ogm4j.study.watch.page;
