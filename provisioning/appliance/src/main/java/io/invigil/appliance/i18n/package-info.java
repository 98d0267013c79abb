/**
 * Texts in Chinese (default) and English: one bundle per feature, {@code
 * messages/<feature>_zh_CN.properties} and {@code messages/<feature>_en.properties}, UTF-8.
 *
 * <p>Keys start with the feature's name ({@code plan.list.title}) because all bundles share one
 * space; the same key in two bundles is refused at the start. Arguments are {@code {0}}, {@code
 * {1}}; apostrophes need no doubling.
 */
package io.invigil.appliance.i18n;
