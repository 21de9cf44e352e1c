// SPDX-License-Identifier: Apache-2.0
// Takes what Credenza exports as the programs do that it is for: consume.mjs WHAT FILE…
// Ends with 0 if all went well; what goes wrong is thrown.
import assert from 'node:assert/strict';
import { createPrivateKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { parse } from 'dotenv';
import * as jose from 'jose';
import nodeJose from 'node-jose';

const json = path => JSON.parse(readFileSync(path));

/// Signs as a client does and lets a server that has the public set look at it.
async function signAndVerify(key, header, publicSet) {
  const assertion = await new jose.SignJWT({ scope: 'system/*.rs' })
    .setProtectedHeader(header).setIssuer('client').setExpirationTime('4m').sign(key);
  const { protectedHeader } = await jose.jwtVerify(assertion, jose.createLocalJWKSet(publicSet), { issuer: 'client' });
  assert.equal(protectedHeader.kid, header.kid);
}

const consumers = {
  /// The private key set that smart-fetch reads: its first key that may sign and says how.
  async jwks(privateFile, publicFile) {
    const jwk = json(privateFile).keys.find(key => key.key_ops?.includes('sign') && key.kid && key.alg);
    await signAndVerify(await jose.importJWK(jwk, jwk.alg), { alg: jwk.alg, kid: jwk.kid }, json(publicFile));
    for (const key of json(publicFile).keys)
      assert.equal((await jose.importJWK(key, key.alg)).type, 'public');
  },

  /// bulk-data-client is on no registry. This is how its documentation and config/defaults.js say it takes the file.
  async 'bulk-data-client'(configFile, publicFile) {
    const defaults = { fhirUrl: '', tokenUrl: 'none', privateKey: {}, clientId: '', accessTokenLifetime: 300 };
    const config = json(configFile);
    const options = { ...defaults, ...config };
    for (const name of Object.keys(config))
      assert.ok(name in defaults || name === 'scope', `unknown option ${name}`);
    assert.ok(new URL('Patient/$export', options.fhirUrl.replace(/\/*$/, '/')).pathname.includes('/R4/'));
    assert.match(options.tokenUrl, /^https:/);
    assert.ok(options.accessTokenLifetime > 0 && options.accessTokenLifetime <= 300);
    const key = await nodeJose.JWK.asKey(options.privateKey, 'json');
    assert.ok(key.alg && key.kid);
    await signAndVerify(createPrivateKey(key.toPEM(true)), { alg: key.alg, kid: key.kid }, json(publicFile));
  },

  async dotenv(file) {
    process.stdout.write(JSON.stringify(parse(readFileSync(file))));
  },
};

const [what, ...files] = process.argv.slice(2);
await consumers[what](...files);
