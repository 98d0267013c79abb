/** What the tests of all modules share; in main scope, so that no module needs test jars. */
package io.invigil.testkit;
