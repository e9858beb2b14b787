/**
 * Images: {@link org.ogm4j.study.data.image.Pixels} decodes them, {@link
 * org.ogm4j.study.data.image.Resizing} brings a {@link org.ogm4j.study.data.image.CropBox} of them
 * to another size.
 */
package org.ogm4j.study.data.image;
