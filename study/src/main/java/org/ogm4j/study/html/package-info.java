/** Pages, tables and charts, whatever they show: {@link org.ogm4j.study.html.Page} is the file. */
package org.ogm4j.study.html;
