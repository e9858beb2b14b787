/** TensorBoard's files: {@link org.ogm4j.study.tensorboard.EventFile}. */
package org.ogm4j.study.tensorboard;
