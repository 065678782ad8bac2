package dev.appos.temporal;

import com.google.protobuf.ByteString;
import io.temporal.api.common.v1.Payload;
import io.temporal.common.converter.EncodingKeys;
import io.temporal.common.converter.JacksonJsonPayloadConverter;
import io.temporal.common.converter.PayloadConverter;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What we give to Temporal is a JSON text already, or true or false, and stands there as it is. What the SDK adds
/// about its own faults is written in its own way.
final class JsonText implements PayloadConverter {

    private static final String ENCODING = "json/plain";

    private final PayloadConverter others = new JacksonJsonPayloadConverter();

    @Override
    public String getEncodingType() {
        return ENCODING;
    }

    @Override
    public Optional<Payload> toData(@Nullable Object value) {
        return value instanceof String || value instanceof Boolean
                ? Optional.of(Payload.newBuilder()
                        .putMetadata(EncodingKeys.METADATA_ENCODING_KEY, ByteString.copyFromUtf8(ENCODING))
                        .setData(ByteString.copyFromUtf8(value.toString()))
                        .build())
                : others.toData(value);
    }

    @Override
    public <T> T fromData(Payload content, Class<T> type, Type generic) {
        if (type != String.class && type != Boolean.class) {
            return others.fromData(content, type, generic);
        }
        String text = content.getData().toString(StandardCharsets.UTF_8);
        return type.cast(type == Boolean.class ? (Object) Boolean.valueOf(text) : text);
    }
}
