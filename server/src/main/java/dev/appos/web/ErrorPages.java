package dev.appos.web;

import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/// Problem documents in the place of the HTTP server's own error pages, for requests that reach no route.
final class ErrorPages implements Request.Handler {

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        dev.appos.web.Response problem = Problems.unreadable(response.getStatus());
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, problem.type());
        response.getHeaders().put("X-Content-Type-Options", "nosniff");
        response.write(true, ByteBuffer.wrap(problem.body()), callback);
        return true;
    }
}
