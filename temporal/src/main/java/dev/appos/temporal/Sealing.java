package dev.appos.temporal;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.temporal.api.common.v1.Payload;
import io.temporal.common.converter.EncodingKeys;
import io.temporal.payload.codec.PayloadCodec;
import io.temporal.payload.codec.PayloadCodecException;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// Seals what is kept in Temporal (AES-256-GCM), so that who runs that server reads nothing of it.
final class Sealing implements PayloadCodec {

    private static final String ENCODING = "binary/appos-sealed";
    private static final String CIPHER = "AES/GCM/NoPadding";
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final SecretKey key;
    private final SecureRandom random = new SecureRandom();

    Sealing(byte[] key) {
        this.key = new SecretKeySpec(key, "AES");
    }

    @Override
    public List<Payload> encode(List<Payload> payloads) {
        return payloads.stream().map(this::seal).toList();
    }

    @Override
    public List<Payload> decode(List<Payload> payloads) {
        return payloads.stream().map(this::open).toList();
    }

    private Payload seal(Payload plain) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        ByteString sealed = ByteString.copyFrom(nonce)
                .concat(ByteString.copyFrom(cipher(Cipher.ENCRYPT_MODE, nonce, plain.toByteArray())));
        return Payload.newBuilder()
                .putMetadata(EncodingKeys.METADATA_ENCODING_KEY, ByteString.copyFromUtf8(ENCODING))
                .setData(sealed)
                .build();
    }

    private Payload open(Payload sealed) {
        ByteString encoding = sealed.getMetadataOrDefault(EncodingKeys.METADATA_ENCODING_KEY, ByteString.EMPTY);
        if (!encoding.toStringUtf8().equals(ENCODING)) {
            return sealed;
        }
        byte[] nonce = sealed.getData().substring(0, NONCE_BYTES).toByteArray();
        byte[] rest = sealed.getData().substring(NONCE_BYTES).toByteArray();
        try {
            return Payload.parseFrom(cipher(Cipher.DECRYPT_MODE, nonce, rest));
        } catch (InvalidProtocolBufferException e) {
            throw new PayloadCodecException(e);
        }
    }

    private byte[] cipher(int mode, byte[] nonce, byte[] data) {
        try {
            Cipher cipher = Cipher.getInstance(CIPHER);
            cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
            return cipher.doFinal(data);
        } catch (GeneralSecurityException e) {
            throw new PayloadCodecException(e);
        }
    }
}
