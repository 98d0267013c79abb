package io.invigil.protocol.vectors;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.invigil.protocol.json.Json;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class VectorFilesTest {
    private static final Path VECTORS = FixtureFiles.ROOT.resolve("vectors");
    private static final Path BUNDLE = VECTORS.resolve("bundle-and-receipt.json");

    @Test
    void theVectorFilesAreWhatTheGeneratorMakes() {
        new VectorMaker()
                .all()
                .forEach(
                        (name, content) ->
                                FixtureFiles.check(
                                        VECTORS.resolve(name), FixtureFiles.json(content)));
    }

    /** All but what depends on the machine's deflate. */
    @Test
    void theBundleFileIsWhatTheGeneratorMakes() {
        Map<String, Object> made = new WireVectorMaker().bundleAndReceipt();
        if (FixtureFiles.writing()) {
            FixtureFiles.check(BUNDLE, FixtureFiles.json(made));
        }
        assertThat(stable(FixtureFiles.bytes(BUNDLE))).isEqualTo(stable(Json.write(made)));
    }

    private static ObjectNode stable(byte[] json) {
        ObjectNode node = (ObjectNode) Json.readTree(json).orElseThrow();
        return node.remove(List.of("bundle", "bundleId", "receipt"));
    }
}
