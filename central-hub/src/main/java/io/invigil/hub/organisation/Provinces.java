package io.invigil.hub.organisation;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Which provincial department answers for which school (domain, section 1): the one whose region
 * the school's region begins with, the longest where several do. A department without a region
 * answers for every school that no other one does. Immutable.
 */
public final class Provinces {
    private final List<Organisation> departments;

    /**
     * @param departments all of the tenant
     */
    Provinces(List<Organisation> departments) {
        this.departments = List.copyOf(departments);
    }

    /** The school's department, if there is one. */
    public Optional<Organisation> of(Organisation school) {
        return departments.stream()
                .filter(one -> school.region().startsWith(one.region()))
                .max(
                        Comparator.comparingInt((Organisation one) -> one.region().length())
                                .thenComparing(one -> -one.id().value()));
    }

    /** Whether the department answers for the school. */
    public boolean answersFor(OrganisationId department, Organisation school) {
        return of(school).map(Organisation::id).filter(department::equals).isPresent();
    }
}
