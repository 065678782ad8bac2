package dev.appos.documents;

import dev.appos.object.Upload;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

/// Contents as objects of a bucket: `contents/abcd…`, in anything that speaks S3. What arrives waits on the server's
/// own disk until the door has let it in; then it is sent, and what the bucket says it has is compared.
public final class S3Store implements ContentStore, AutoCloseable {

    /// Larger contents go in parts of this size.
    static final int PART_BYTES = 16 * 1024 * 1024;

    private static final String PREFIX = "contents/";
    private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");

    /// Where the bucket is, and who may use it.
    ///
    /// @param pathStyle whether the bucket stands in the path and not in the host's name, as most servers of one's own
    ///                  want it
    public record Settings(
            URI endpoint, String region, String bucket, String accessKey, String secretKey, boolean pathStyle) {

        @Override
        public String toString() {
            return bucket + " at " + endpoint;
        }
    }

    private final DiskStore arriving;
    private final Settings settings;
    private final S3Client s3;

    /// @param folder for what arrives
    public S3Store(Settings settings, Path folder, Clock clock) {
        this.settings = settings;
        this.arriving = new DiskStore(folder, clock);
        this.s3 = S3Client.builder()
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .endpointOverride(settings.endpoint())
                .region(Region.of(settings.region()))
                // Signed as a whole: not every server takes apart what is signed in chunks.
                .serviceConfiguration(S3Configuration.builder()
                        .pathStyleAccessEnabled(settings.pathStyle()).chunkedEncodingEnabled(false).build())
                .credentialsProvider(StaticCredentialsProvider.create(
                        AwsBasicCredentials.create(settings.accessKey(), settings.secretKey())))
                // Newer checksums are unknown to many servers; signatures cover the content all the same.
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                .build();
    }

    @Override
    public Staging stage() throws IOException {
        return arriving.stage();
    }

    @Override
    public void keep(Upload upload) throws IOException {
        String key = key(upload.sha256());
        try {
            if (length(key) == upload.bytes()) {
                return;
            }
            if (upload.bytes() <= PART_BYTES) {
                s3.putObject(request -> request.bucket(settings.bucket()).key(key)
                                .metadata(java.util.Map.of("sha256", upload.sha256())),
                        RequestBody.fromFile(upload.file()));
            } else {
                parts(upload, key);
            }
            if (length(key) != upload.bytes()) {
                throw new IOException("the bucket has another length than was sent");
            }
        } catch (SdkException failure) {
            throw failed(failure);
        }
    }

    @Override
    public InputStream open(String sha256, long from, long length) throws IOException {
        String key = key(sha256);
        if (length == 0) {
            return InputStream.nullInputStream();
        }
        try {
            return s3.getObject(request -> request.bucket(settings.bucket()).key(key)
                    .range("bytes=" + from + "-" + (from + length - 1)));
        } catch (NoSuchKeyException _) {
            throw new NoSuchFileException(key);
        } catch (SdkException failure) {
            throw failed(failure);
        }
    }

    @Override
    public void remove(String sha256) throws IOException {
        String key = key(sha256);
        try {
            s3.deleteObject(request -> request.bucket(settings.bucket()).key(key));
        } catch (SdkException failure) {
            throw failed(failure);
        }
    }

    @Override
    public void forget(Instant before) throws IOException {
        arriving.forget(before);
    }

    @Override
    public void each(Consumer<Kept> seen) throws IOException {
        try {
            s3.listObjectsV2Paginator(request -> request.bucket(settings.bucket()).prefix(PREFIX)).contents().stream()
                    .filter(object -> DIGEST.matcher(object.key().substring(PREFIX.length())).matches())
                    .forEach(object -> seen.accept(new Kept(
                            object.key().substring(PREFIX.length()), object.size(), object.lastModified())));
        } catch (SdkException failure) {
            throw failed(failure);
        }
    }

    @Override
    public void close() {
        s3.close();
    }

    /// One part at a time: memory holds no more than the part that is sent.
    private void parts(Upload upload, String key) throws IOException {
        String id = s3.createMultipartUpload(request -> request.bucket(settings.bucket()).key(key)).uploadId();
        boolean done = false;
        try (FileChannel file = FileChannel.open(upload.file(), StandardOpenOption.READ);
                InputStream in = Channels.newInputStream(file)) {
            List<CompletedPart> sent = new ArrayList<>();
            for (long from = 0; from < upload.bytes(); from += PART_BYTES) {
                byte[] part = in.readNBytes(PART_BYTES);
                int number = sent.size() + 1;
                String tag = s3.uploadPart(
                        request -> request.bucket(settings.bucket()).key(key).uploadId(id).partNumber(number),
                        RequestBody.fromBytes(part)).eTag();
                sent.add(CompletedPart.builder().partNumber(number).eTag(tag).build());
            }
            s3.completeMultipartUpload(request -> request.bucket(settings.bucket()).key(key).uploadId(id)
                    .multipartUpload(whole -> whole.parts(sent)));
            done = true;
        } finally {
            if (!done) {
                s3.abortMultipartUpload(request -> request.bucket(settings.bucket()).key(key).uploadId(id));
            }
        }
    }

    /// How long an object is, or -1 where there is none.
    private long length(String key) {
        try {
            return s3.headObject(request -> request.bucket(settings.bucket()).key(key)).contentLength();
        } catch (NoSuchKeyException _) {
            return -1;
        }
    }

    private static String key(String sha256) throws NoSuchFileException {
        if (!DIGEST.matcher(sha256).matches()) {
            throw new NoSuchFileException(sha256);
        }
        return PREFIX + sha256;
    }

    /// What the service says may hold names of accounts: the kind of failure is enough for a caller.
    private IOException failed(SdkException failure) {
        return new IOException("the bucket " + settings + " could not be used ("
                + failure.getClass().getSimpleName() + ")", failure);
    }
}
