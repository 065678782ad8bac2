package dev.appos.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.GeneralException;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.TokenResponse;
import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.oauth2.sdk.token.BearerAccessToken;
import com.nimbusds.openid.connect.sdk.AuthenticationRequest;
import com.nimbusds.openid.connect.sdk.Nonce;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponse;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponseParser;
import com.nimbusds.openid.connect.sdk.UserInfoRequest;
import com.nimbusds.openid.connect.sdk.UserInfoResponse;
import com.nimbusds.openid.connect.sdk.claims.IDTokenClaimsSet;
import com.nimbusds.openid.connect.sdk.claims.UserInfo;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import com.nimbusds.openid.connect.sdk.validators.IDTokenValidator;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Speaks OpenID Connect with one provider: authorization code with PKCE, as a library does it.
final class OidcClient {

    private static final int TIMEOUT_MS = 5_000;
    private static final int LARGEST_ANSWER_BYTES = 200_000;

    /// Signatures only the provider can make. None, and those made with the client's own secret, are not among them.
    private static final Set<JWSAlgorithm> SIGNATURES = Set.of(
            JWSAlgorithm.RS256, JWSAlgorithm.RS384, JWSAlgorithm.RS512, JWSAlgorithm.PS256, JWSAlgorithm.PS384,
            JWSAlgorithm.PS512, JWSAlgorithm.ES256, JWSAlgorithm.ES384, JWSAlgorithm.ES512);

    /// What only this login knows.
    record Secrets(String state, String nonce, String verifier) {}

    /// Whom the provider vouches for.
    ///
    /// @param verifiedEmail absent unless the provider says that it checked it
    record Person(String issuer, String subject, Optional<String> verifiedEmail, String fullName) {}

    /// The provider did not vouch for anybody, or cannot be believed.
    static final class NotVouched extends Exception {
        private static final long serialVersionUID = 1;

        NotVouched(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }

    /// What is known about the provider once it was asked.
    private record Known(OIDCProviderMetadata metadata, IDTokenValidator validator) {}

    private final OidcProvider provider;
    private final URI callback;
    private final Issuer issuer;
    private final ClientID client;
    private volatile @Nullable Known known;

    OidcClient(OidcProvider provider, URI callback) {
        this.provider = provider;
        this.callback = callback;
        this.issuer = new Issuer(provider.issuer());
        this.client = new ClientID(provider.clientId());
    }

    /// Where to send the browser.
    URI begin(Secrets secrets) throws NotVouched {
        OIDCProviderMetadata metadata = known().metadata();
        return new AuthenticationRequest.Builder(
                        ResponseType.CODE, new Scope("openid", "email", "profile"), client, callback)
                .endpointURI(metadata.getAuthorizationEndpointURI())
                .state(new State(secrets.state()))
                .nonce(new Nonce(secrets.nonce()))
                .codeChallenge(new CodeVerifier(secrets.verifier()), CodeChallengeMethod.S256)
                .build()
                .toURI();
    }

    /// Whom the code stands for that the browser brought back.
    Person finish(String code, Secrets secrets) throws NotVouched {
        Known known = known();
        AuthorizationCodeGrant grant = new AuthorizationCodeGrant(
                new AuthorizationCode(code), callback, new CodeVerifier(secrets.verifier()));
        URI endpoint = known.metadata().getTokenEndpointURI();
        TokenRequest request = provider.clientSecret()
                .map(secret -> new TokenRequest(
                        endpoint, new ClientSecretBasic(client, new Secret(secret)), grant, null))
                .orElseGet(() -> new TokenRequest(endpoint, client, grant, null));
        try {
            TokenResponse answer = OIDCTokenResponseParser.parse(send(request.toHTTPRequest()));
            if (!(answer instanceof OIDCTokenResponse tokens)) {
                throw new NotVouched("the provider did not take the code", null);
            }
            IDTokenClaimsSet claims = known.validator().validate(
                    tokens.getOIDCTokens().getIDToken(), new Nonce(secrets.nonce()));
            return person(known, claims, tokens.getOIDCTokens().getBearerAccessToken());
        } catch (GeneralException | IOException | BadJOSEException | JOSEException e) {
            throw new NotVouched("the provider's answer cannot be believed: " + e.getMessage(), e);
        }
    }

    /// Providers say who it is in the token, or only when asked with it; then about the same subject only.
    private Person person(Known known, IDTokenClaimsSet claims, @Nullable BearerAccessToken token)
            throws GeneralException, IOException, NotVouched {
        UserInfo info = new UserInfo(claims.toJWTClaimsSet());
        URI more = known.metadata().getUserInfoEndpointURI();
        if (info.getEmailAddress() == null && more != null && token != null) {
            UserInfoResponse answer =
                    UserInfoResponse.parse(send(new UserInfoRequest(more, token).toHTTPRequest()));
            if (!answer.indicatesSuccess()) {
                throw new NotVouched("the provider does not say who it is", null);
            }
            info = answer.toSuccessResponse().getUserInfo();
        }
        String subject = claims.getSubject().getValue();
        if (info == null || !info.getSubject().getValue().equals(subject)) {
            throw new NotVouched("the provider speaks of somebody else", null);
        }
        boolean verified = Boolean.TRUE.equals(info.getEmailVerified());
        return new Person(
                issuer.getValue(),
                subject,
                Optional.ofNullable(info.getEmailAddress()).filter(_ -> verified),
                Optional.ofNullable(info.getName()).orElse(""));
    }

    private static HTTPResponse send(HTTPRequest request) throws IOException {
        request.setConnectTimeout(TIMEOUT_MS);
        request.setReadTimeout(TIMEOUT_MS);
        request.setFollowRedirects(false);
        return request.send();
    }

    /// Asked once; while the provider cannot be reached, asked again each time.
    private Known known() throws NotVouched {
        Known there = known;
        if (there != null) {
            return there;
        }
        try {
            OIDCProviderMetadata metadata = OIDCProviderMetadata.resolve(issuer, TIMEOUT_MS, TIMEOUT_MS);
            JWKSource<SecurityContext> keys = JWKSourceBuilder.create(
                            metadata.getJWKSetURI().toURL(),
                            new DefaultResourceRetriever(TIMEOUT_MS, TIMEOUT_MS, LARGEST_ANSWER_BYTES))
                    .build();
            Known found = new Known(metadata, new IDTokenValidator(
                    issuer, client, new JWSVerificationKeySelector<>(SIGNATURES, keys), null));
            known = found;
            return found;
        } catch (GeneralException | IOException e) {
            throw new NotVouched(provider.name() + " cannot be asked: " + e.getMessage(), e);
        }
    }
}
