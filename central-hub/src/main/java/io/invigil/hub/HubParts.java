package io.invigil.hub;

import io.invigil.appliance.account.StaffAccounts;
import io.invigil.appliance.data.BlobStore;
import io.invigil.appliance.data.DataDirectory;
import io.invigil.appliance.data.DataKey;
import io.invigil.appliance.db.Database;
import io.invigil.appliance.layout.Templates;
import io.invigil.appliance.selftest.Health;
import io.invigil.appliance.selftest.Metrics;
import io.invigil.appliance.vision.opencv.InstalledFaces;
import io.invigil.appliance.web.HttpPages;
import io.invigil.hub.fleet.RealmKeys;
import io.invigil.hub.organisation.TenantId;
import io.invigil.protocol.crypto.Entropy;
import java.time.Clock;
import java.time.ZoneId;
import java.util.Optional;

/**
 * What every group of features is made with.
 *
 * @param data {@code data.directory("uploads")} is for files while they are read
 * @param templates the hub's jte templates
 * @param zone where the hub stands, for pages and new plans
 * @param messages how messages reach people
 * @param faces looks at pictures of faces when models are installed in {@code models} of the data
 *     directory
 * @param publicUrl base of the hub's pages as people type it, without a slash at the end
 */
public record HubParts(
        Database database,
        TenantId tenant,
        DataDirectory data,
        DataKey dataKey,
        BlobStore blobs,
        RealmKeys realm,
        StaffAccounts accounts,
        HttpPages pages,
        Templates templates,
        Health health,
        Metrics metrics,
        String publicUrl,
        ZoneId zone,
        Clock clock,
        Entropy entropy,
        Optional<HubSettings.Messages> messages,
        InstalledFaces faces) {}
