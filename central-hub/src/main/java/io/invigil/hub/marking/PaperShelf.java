package io.invigil.hub.marking;

import io.invigil.appliance.db.Tx;
import io.invigil.hub.organisation.TenantId;
import io.invigil.hub.paper.PaperContent;
import io.invigil.hub.paper.PaperId;
import io.invigil.hub.paper.PaperVersion;
import io.invigil.hub.paper.Papers;
import io.invigil.hub.registration.Sitting;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The papers in use, decoded once: a version never changes. Thread-safe. */
final class PaperShelf {
    static final int PAPERS_MAX = 32;

    private final Papers papers;
    private final Map<Place, PaperContent> shelf =
            new LinkedHashMap<>(PAPERS_MAX, 0.75f, true) {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<Place, PaperContent> eldest) {
                    return size() > PAPERS_MAX;
                }
            };

    PaperShelf(Papers papers) {
        this.papers = papers;
    }

    private record Place(TenantId tenant, PaperId paper) {}

    /** Whether it is a paper of the sitting's subject, or the one that a class session sits. */
    boolean isOf(Tx tx, Sitting sitting, PaperVersion version) {
        return version.subject().equals(sitting.subject())
                || sitting.seating()
                        .flatMap(
                                at ->
                                        papers.assigned(
                                                tx, sitting.tenant(), sitting.subject(), at.slot()))
                        .filter(one -> one.id().equals(version.id()))
                        .isPresent();
    }

    Optional<PaperContent> content(Tx tx, TenantId tenant, PaperId id) {
        Place place = new Place(tenant, id);
        synchronized (shelf) {
            PaperContent known = shelf.get(place);
            if (known != null) {
                return Optional.of(known);
            }
        }
        Optional<PaperContent> read = papers.content(tx, tenant, id);
        synchronized (shelf) {
            read.ifPresent(content -> shelf.put(place, content));
        }
        return read;
    }
}
