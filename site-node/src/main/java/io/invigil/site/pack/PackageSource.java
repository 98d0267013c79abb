package io.invigil.site.pack;

import io.invigil.protocol.manifest.ManifestList;
import io.invigil.protocol.manifest.Part;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/** Where packages come from: the hub or a stick. Nothing it gives is believed unverified. */
public interface PackageSource {

    /** What is there for this node, as far as the source says. */
    List<ManifestList.Entry> list() throws IOException;

    /** The signed manifest of an exam as it travels. */
    byte[] manifest(String exam) throws IOException;

    /** A part's bytes as they travel; the caller closes the stream and checks the digest. */
    InputStream part(Part part) throws IOException;
}
