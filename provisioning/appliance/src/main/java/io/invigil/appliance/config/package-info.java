/**
 * Typed configuration: a record per server, read from a YAML file and environment variables.
 *
 * <p>Read once in the wiring; nothing below it sees files or variables.
 */
package io.invigil.appliance.config;
