// SPDX-License-Identifier: Apache-2.0
// A real authorization server (the npm package oidc-provider) with a few FHIR routes beside it, on a free loopback port.
// Reads one JSON object from standard input: {clientId, jwks, algorithm, scope, tls?: {key, cert}}. Prints one JSON line
// when ready: {issuer, tokenEndpoint, fhirBaseUrl}. Ends when standard input closes.
import http from 'node:http';
import https from 'node:https';
import readline from 'node:readline';
import Provider from 'oidc-provider';

const lines = readline.createInterface({ input: process.stdin });
const options = JSON.parse(await new Promise((resolve) => lines.once('line', resolve)));
lines.once('close', () => process.exit(0));

let handle = (request, response) => response.writeHead(503).end();
const listener = (request, response) => handle(request, response);
const server = options.tls
  ? https.createServer({ key: options.tls.key, cert: options.tls.cert }, listener)
  : http.createServer(listener);
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
const issuer = `${options.tls ? 'https' : 'http'}://127.0.0.1:${server.address().port}`;

const provider = new Provider(issuer, {
  clients: [{
    client_id: options.clientId,
    token_endpoint_auth_method: 'private_key_jwt',
    token_endpoint_auth_signing_alg: options.algorithm,
    jwks: options.jwks,
    grant_types: ['client_credentials'],
    response_types: [],
    redirect_uris: [],
    scope: options.scope,
  }],
  scopes: options.scope.split(' '),
  clientAuthMethods: ['private_key_jwt'],
  enabledJWA: { clientAuthSigningAlgValues: ['RS256', 'RS384', 'RS512', 'ES256', 'ES384'] },
  features: { clientCredentials: { enabled: true }, devInteractions: { enabled: false } },
});
const answer = provider.callback();
const granted = new Set();
provider.on('server_error', (context, error) => console.error(error));
provider.on('client_credentials.saved', (token) => granted.add(token.jti));

function json(response, status, body) {
  response.writeHead(status, { 'Content-Type': 'application/fhir+json' }).end(JSON.stringify(body));
}

const bundle = { resourceType: 'Bundle', type: 'searchset', total: 1, entry: [{ resource: { resourceType: 'Patient', id: 'p1' }, search: { mode: 'match' } }] };
const capabilities = {
  resourceType: 'CapabilityStatement', status: 'active', kind: 'instance', fhirVersion: '4.0.1', format: ['json'],
  rest: [{ mode: 'server', resource: [{ type: 'Patient', interaction: [{ code: 'read' }, { code: 'search-type' }] }] }],
};
handle = (request, response) => {
  const { pathname } = new URL(request.url, issuer);
  if (pathname === '/fhir/.well-known/smart-configuration') {
    json(response, 200, {
      token_endpoint: `${issuer}/token`, grant_types_supported: ['client_credentials'], capabilities: ['permission-v1'],
      code_challenge_methods_supported: ['S256'],
      token_endpoint_auth_signing_alg_values_supported: [options.algorithm],
    });
  } else if (pathname === '/fhir/metadata') {
    json(response, 200, capabilities);
  } else if (pathname === '/fhir/Patient') {
    const bearer = /^Bearer (.+)$/.exec(request.headers.authorization ?? '');
    // An opaque token is the identifier it was saved under.
    if (bearer && granted.has(bearer[1])) json(response, 200, bundle);
    else response.writeHead(401, { 'WWW-Authenticate': 'Bearer error="invalid_token"' }).end();
  } else {
    answer(request, response);
  }
};

console.log(JSON.stringify({ issuer, tokenEndpoint: `${issuer}/token`, fhirBaseUrl: `${issuer}/fhir` }));
