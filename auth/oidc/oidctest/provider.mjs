// A real provider for tests: npm's oidc-provider, whose accounts lie in a file that is
// read each time.
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import Provider from "oidc-provider";

const asked = JSON.parse(process.env.ASKED);
const account = (id) => JSON.parse(readFileSync(asked.accounts))[id];
const server = createServer();
server.listen(0, "127.0.0.1", () => {
  const issuer = `http://127.0.0.1:${server.address().port}`;
  const provider = new Provider(issuer, {
    clients: [{ client_id: asked.client, client_secret: asked.secret, redirect_uris: [asked.back] }],
    claims: { openid: ["sub"], email: ["email", "email_verified"], profile: ["name", "groups"], acr: null, amr: null, auth_time: null },
    findAccount: (ctx, id) => account(id) && { accountId: id, claims: async () => ({ sub: id, ...account(id) }) },
    pkce: { required: () => true },
    cookies: { keys: ["for tests alone"] },
    features: { devInteractions: { enabled: true } },
  });
  server.on("request", provider.callback());
  console.log(`ready ${issuer}`);
});
