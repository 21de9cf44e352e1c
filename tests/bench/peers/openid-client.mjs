// SPDX-License-Identifier: Apache-2.0
// The peer of bench_tokens: openid-client gets `count` tokens, `inFlight` at a time, with private_key_jwt.
// Reads one JSON line {issuer, tokenEndpoint, clientId, kid, privateKey (JWK), scope, count, inFlight}; prints
// {tokens, milliseconds, cpuMilliseconds} of the tokens alone, after a warm-up.
import readline from 'node:readline';
import * as client from 'openid-client';

const lines = readline.createInterface({ input: process.stdin });
const options = JSON.parse(await new Promise((resolve) => lines.once('line', resolve)));
lines.close();

const key = await crypto.subtle.importKey('jwk', options.privateKey, { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-384' }, false, ['sign']);
const configuration = new client.Configuration(
  { issuer: options.issuer, token_endpoint: options.tokenEndpoint },
  options.clientId,
  {},
  client.PrivateKeyJwt({ key, kid: options.kid }),
);
client.allowInsecureRequests(configuration);

async function get(count) {
  let left = count;
  const worker = async () => {
    while (left-- > 0) {
      const token = await client.clientCredentialsGrant(configuration, { scope: options.scope });
      if (!token.access_token) throw new Error('no token');
    }
  };
  await Promise.all(Array.from({ length: options.inFlight }, worker));
}

await get(options.inFlight * 4);
const cpu = process.cpuUsage();
const begun = performance.now();
await get(options.count);
const spent = process.cpuUsage(cpu);
console.log(JSON.stringify({
  tokens: options.count,
  milliseconds: performance.now() - begun,
  cpuMilliseconds: (spent.user + spent.system) / 1000,
}));
