/**
 * Files by which another implementation can check itself, and one directory per attack.
 *
 * <p>The files under {@code src/test/resources/vectors} and {@code …/attacks} are made from fixed
 * seeds by {@link io.invigil.protocol.vectors.VectorMaker} and {@link
 * io.invigil.protocol.vectors.AttackMaker}. {@code mvn test -pl sync-protocol -Dtest='*FilesTest'
 * -Dfixtures.write=true} writes them anew; without the property the tests compare. The reader tests
 * use nothing but what stands in the files.
 */
package io.invigil.protocol.vectors;
