package io.invigil.appliance.web;

import io.helidon.http.HeaderNames;
import io.helidon.http.NotFoundException;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.invigil.appliance.web.asset.Assets;

/** Serves {@link Assets}. */
final class AssetRoute implements HttpService {
    private static final String FOR_EVER = "public, max-age=31536000, immutable";

    private final Assets assets;

    AssetRoute(Assets assets) {
        this.assets = assets;
    }

    @Override
    public void routing(HttpRules rules) {
        rules.get(Assets.PATH + "*", this::serve);
    }

    private void serve(ServerRequest request, ServerResponse response) {
        String path = request.path().absolute().path();
        Assets.Asset asset =
                assets.find(path.substring(Assets.PATH.length()))
                        .orElseThrow(() -> new NotFoundException("no such asset"));
        boolean named = request.query().first("v").orElse("").equals(asset.fingerprint());
        var headers = response.headers();
        headers.set(HeaderNames.CACHE_CONTROL, named ? FOR_EVER : "no-cache");
        headers.set(HeaderNames.ETAG, asset.etag());
        headers.set(HeaderNames.VARY, "Accept-Encoding");
        if (path.endsWith("-worker.js")) {
            // a service worker below /assets/ may look after the whole site
            headers.set(HeaderNames.create("Service-Worker-Allowed"), "/");
        }
        String known = request.headers().first(HeaderNames.IF_NONE_MATCH).orElse("");
        if (known.contains(asset.etag())) {
            response.status(Status.NOT_MODIFIED_304).send();
            return;
        }
        headers.set(HeaderNames.CONTENT_TYPE, asset.mediaType());
        boolean gzip =
                asset.gzip().isPresent()
                        && request.headers()
                                .first(HeaderNames.ACCEPT_ENCODING)
                                .orElse("")
                                .contains("gzip");
        if (gzip) {
            headers.set(HeaderNames.CONTENT_ENCODING, "gzip");
        }
        response.send(gzip ? asset.gzip().get() : asset.bytes());
    }
}
