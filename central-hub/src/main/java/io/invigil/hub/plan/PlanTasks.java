package io.invigil.hub.plan;

import io.invigil.appliance.db.Tx;
import io.invigil.appliance.web.Visit;
import io.invigil.hub.organisation.StaffScope;
import java.util.List;

/**
 * A feature's lines in the task list of a plan. The plan's page shows those of every feature, in
 * the order in which they were given.
 */
@FunctionalInterface
public interface PlanTasks {

    List<PlanTask> of(Tx tx, Visit visit, StaffScope scope, Plan plan);
}
