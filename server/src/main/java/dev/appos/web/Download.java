package dev.appos.web;

import dev.appos.base.Refusal;
import dev.appos.documents.DocumentContent;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Content on its way out. A browser keeps it as a file and never shows it as a page of ours, whatever it holds.
final class Download {

    private static final Pattern RANGE = Pattern.compile("bytes=(\\d{0,18})-(\\d{0,18})");

    private Download() {}

    static Response of(Request request, DocumentContent content) {
        DocumentContent.About about = content.about();
        String tag = "\"" + about.sha256() + "\"";
        if (request.header("If-None-Match").filter(given -> matches(given, tag)).isPresent()) {
            return Response.empty(304).with("ETag", tag);
        }
        Matcher range = RANGE.matcher(request.header("Range").orElse(""));
        boolean whole = !range.matches()
                || range.group(1).isEmpty() && range.group(2).isEmpty()
                || request.header("If-Range").filter(given -> !given.equals(tag)).isPresent();
        long size = about.bytes();
        long from = whole ? 0 : first(range, size);
        long to = whole ? size : Math.min(last(range, size), size - 1) + 1;
        if (!whole && (from >= size || from >= to)) {
            return safe(Response.empty(416), about).with("Content-Range", "bytes */" + size);
        }
        Response response = safe(Response.stream(whole ? 200 : 206, about.type(), stream(content, from, to)), about)
                .with("ETag", tag)
                .with("Accept-Ranges", "bytes")
                .with("Last-Modified", DateTimeFormatter.RFC_1123_DATE_TIME.format(
                        about.since().atOffset(ZoneOffset.UTC)));
        return whole ? response : response.with("Content-Range", "bytes " + from + "-" + (to - 1) + "/" + size);
    }

    private static Response.Stream stream(DocumentContent content, long from, long to) {
        try {
            InputStream in = content.open(from, to - from);
            return new Response.Stream(to - from, out -> {
                try (in) {
                    in.transferTo(out);
                }
            });
        } catch (IOException failure) {
            throw Refusal.unavailable(
                    "The content cannot be read: " + failure.getMessage() + ".",
                    "Tell an administrator to look at the document store.");
        }
    }

    private static Response safe(Response response, DocumentContent.About about) {
        return response
                .with("Content-Disposition", disposition(about.name()))
                .with("Content-Security-Policy", "default-src 'none'; sandbox; frame-ancestors 'none'")
                .with("Cross-Origin-Resource-Policy", "same-origin")
                .with("Cache-Control", "private, no-cache");
    }

    /// RFC 6266: a plain name for old clients, and the real one in UTF-8.
    private static String disposition(String name) {
        StringBuilder plain = new StringBuilder();
        name.codePoints().forEach(sign -> plain.appendCodePoint(
                sign >= ' ' && sign < 0x7f && sign != '"' && sign != '%' && sign != ';' ? sign : '_'));
        StringBuilder encoded = new StringBuilder();
        for (byte each : name.getBytes(StandardCharsets.UTF_8)) {
            boolean safe = each >= '0' && each <= '9' || each >= 'a' && each <= 'z' || each >= 'A' && each <= 'Z'
                    || each == '.' || each == '-' || each == '_';
            encoded.append(safe ? String.valueOf((char) each) : "%%%02X".formatted(each));
        }
        return "attachment; filename=\"" + plain + "\"; filename*=UTF-8''" + encoded;
    }

    private static boolean matches(String given, String tag) {
        return Arrays.stream(given.split(",")).map(String::strip)
                .anyMatch(each -> each.equals("*") || each.replaceFirst("^W/", "").equals(tag));
    }

    private static long first(Matcher range, long size) {
        return range.group(1).isEmpty()
                ? Math.max(size - Long.parseLong(range.group(2)), 0)
                : Long.parseLong(range.group(1));
    }

    private static long last(Matcher range, long size) {
        return range.group(1).isEmpty() || range.group(2).isEmpty() ? size - 1 : Long.parseLong(range.group(2));
    }
}
