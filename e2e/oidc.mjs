// A provider of OpenID Connect for the tests: the certified npm package, with two people and no screens.
import http from 'node:http';
import Provider from 'oidc-provider';
import { SignJWT, exportJWK, generateKeyPair, importJWK, decodeJwt } from 'jose';

/** Starts it for one client. `people` are accounts by subject; `tamper` changes ID tokens before they leave. */
export async function startProvider({ callback, people, port }) {
  const { privateKey } = await generateKeyPair('RS256', { extractable: true });
  const jwk = { ...(await exportJWK(privateKey)), kid: 'test', alg: 'RS256', use: 'sig' };
  const issuer = `http://127.0.0.1:${port}`;
  const state = { subject: Object.keys(people)[0], tamper: undefined, issuer };
  const provider = new Provider(issuer, {
    clients: [{
      client_id: 'appos', client_secret: 'the secret of the client', redirect_uris: [callback],
      grant_types: ['authorization_code'], response_types: ['code'],
    }],
    jwks: { keys: [jwk] },
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
    pkce: { required: () => true },
    features: { devInteractions: { enabled: false } },
    findAccount: (_, sub) => ({ accountId: sub, claims: () => ({ sub, ...people[sub] }) }),
    interactions: { url: (_, interaction) => `/log-in/${interaction.uid}` },
    cookies: { keys: ['a key of the tests'] },
    ttl: { Session: 600, Interaction: 600, Grant: 600, AccessToken: 600, IdToken: 600 },
  });
  // Whoever comes is the person of the moment, and agrees to everything.
  provider.use(async (context, next) => {
    if (!context.path.startsWith('/log-in/')) {
      await next();
      if (context.path === '/token' && context.body?.id_token && state.tamper) {
        const claims = { ...decodeJwt(context.body.id_token) };
        const key = state.tamper(claims) ?? (await importJWK(jwk, 'RS256'));
        const token = new SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid: 'test' });
        context.body = { ...context.body, id_token: await token.sign(key) };
      }
      return;
    }
    const details = await provider.interactionDetails(context.req, context.res);
    const grant = new provider.Grant({ accountId: state.subject, clientId: 'appos' });
    grant.addOIDCScope('openid email profile');
    const result = { login: { accountId: state.subject }, consent: { grantId: await grant.save() } };
    await provider.interactionFinished(context.req, context.res, details.uid ? result : {});
    context.respond = false;
  });
  const server = http.createServer(provider.callback());
  await new Promise((done) => server.listen(port, '127.0.0.1', done));
  return Object.assign(state, { stop: () => new Promise((done) => server.close(done)) });
}

/** A browser without a face: keeps cookies by host, follows redirects until one leads nowhere it may go. */
export class Jar {
  cookies = new Map();

  async get(address) {
    const { host } = new URL(address);
    const mine = this.cookies.get(host) ?? new Map();
    const answer = await fetch(address, {
      redirect: 'manual',
      headers: { Cookie: [...mine].map(([name, value]) => `${name}=${value}`).join('; ') },
    });
    for (const line of answer.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line);
      if (value) mine.set(name, value);
      else mine.delete(name);
    }
    this.cookies.set(host, mine);
    return answer;
  }

  /** Follows redirects; `until` stops before an address it accepts. */
  async follow(address, until = () => false) {
    for (let hop = 0; hop < 12; hop++) {
      const answer = await this.get(address);
      const location = answer.headers.get('location');
      if (!location) return { answer, address };
      address = new URL(location, address).href;
      if (until(address)) return { answer, address };
    }
    throw new Error(`more than twelve redirects, the last to ${address}`);
  }
}
