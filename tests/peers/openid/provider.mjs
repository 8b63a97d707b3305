// An OpenID provider for the tests. The test says over POST /control who logs in next and how surely; the provider
// itself is the unchanged library, with PKCE demanded, private_key_jwt, logout over the back channel and `iss` in answers;
// a test can make it careless: then a level that is lower than was demanded is a success to it, as it is to many.
import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import Provider, { interactionPolicy } from 'oidc-provider';

const { port, clients, signingKeys } = JSON.parse(process.env.PEER);
const issuer = `http://127.0.0.1:${port}`;
let next = {};

const policy = interactionPolicy.base();
const demanded = policy.get('login').checks.get('essential_acrs');
const isNotMet = demanded.check;
demanded.check = (ctx) => !next.careless && isNotMet(ctx);

const provider = new Provider(issuer, {
  clients,
  jwks: { keys: signingKeys },
  pkce: { required: () => true },
  subjectTypes: ['public', 'pairwise'],
  pairwiseIdentifier: (_ctx, account, { clientId }) => createHash('sha256').update(`${clientId} ${account}`).digest('hex'),
  acrValues: ['low', 'substantial', 'high'].map((level) => `http://eidas.europa.eu/LoA/${level}`),
  claims: { openid: ['sub', 'sub_id_type', 'name', 'represents'], acr: null, sid: null },
  conformIdTokenClaims: false,
  ttl: { IdToken: 300, AccessToken: 300, Interaction: 600, Session: 3600, Grant: 3600 },
  cookies: { keys: ['only-for-tests'] },
  features: {
    devInteractions: { enabled: false },
    backchannelLogout: { enabled: true },
    claimsParameter: { enabled: true },
    rpInitiatedLogout: { enabled: true, logoutSource: (ctx, form) => { ctx.body = form; } },
  },
  fetch: (url, { dispatcher: _refusesLoopback, ...options }) => fetch(url, options),
  interactions: { policy, url: (_ctx, interaction) => `/interaction/${interaction.uid}` },
  findAccount: (_ctx, id) => ({ accountId: id, claims: () => ({ sub: id, ...next.claims }) }),
  loadExistingGrant: async (ctx) => {
    const grant = new ctx.oidc.provider.Grant({ clientId: ctx.oidc.client.clientId, accountId: ctx.oidc.session.accountId });
    grant.addOIDCScope('openid');
    grant.addOIDCClaims([...ctx.oidc.requestParamClaims]);
    await grant.save();
    return grant;
  },
});

async function control(request, response) {
  let body = '';
  for await (const part of request) body += part;
  next = JSON.parse(body);
  response.end();
}

// A page with a button, as a person sees it: what comes before and after it are two journeys of the browser.
async function interaction(request, response) {
  if (request.method === 'GET') {
    response.setHeader('Content-Type', 'text/html');
    return response.end('<form method="post"><button>log in</button></form>');
  }
  const result = next.cancel
    ? { error: 'access_denied', error_description: 'cancelled by the person' }
    : { login: { accountId: next.account, acr: next.acr, remember: false } };
  await provider.interactionFinished(request, response, result);
}

createServer((request, response) => {
  if (request.url === '/control') return control(request, response);
  if (request.url.startsWith('/interaction/')) return interaction(request, response);
  return provider.callback()(request, response);
}).listen(port, '127.0.0.1', () => console.log('ready'));
