// twitter-api-v2 with its own addresses (api.x.com, upload.x.com): both sign-ins, v2 and v1.1 uploads, refusals.

const assert = require('node:assert/strict');
const fs = require('node:fs');
const https = require('node:https');
const { TwitterApi } = require('twitter-api-v2');
const { start, finished, check, posted, consent, refused, SCOPES, HARD } = require('./report.cjs');
const { ToSimulator } = require('./to_simulator.cjs');

// Small, so that the files take several segments.
const SEGMENT_BYTES = 16 * 1024;
const segmentsOf = (bytes) => [...Array(Math.ceil(bytes.length / SEGMENT_BYTES)).keys()];

async function main() {
  const { keys, callback, media, simulator } = await start();
  const httpAgent = new ToSimulator(simulator);
  const read = (name) => fs.readFileSync(media(name));

  const application = (tokens = {}, settings = {}) => new TwitterApi(
    { appKey: keys.oauth_consumer_key, appSecret: keys.oauth_consumer_secret, ...tokens }, { httpAgent, ...settings });
  const byKeys = (tokens = {}, settings = {}) => application(
    { accessToken: keys.oauth_token, accessSecret: keys.oauth_token_secret, ...tokens }, settings);
  const confidential = () => new TwitterApi({ clientId: keys.client_id, clientSecret: keys.client_secret }, { httpAgent });

  async function signIn2(client, verifier) {
    const { url, state, codeVerifier } = client.generateOAuth2AuthLink(callback, { scope: SCOPES });
    const answer = new URL(await consent(url)).searchParams;
    assert.equal(answer.get('state'), state);
    const code = answer.get('code');
    return client.loginWithOAuth2({ code, codeVerifier: verifier ?? codeVerifier, redirectUri: callback });
  }

  async function uploadV2(client, name, media_type, options = {}) {
    const bytes = read(name);
    const id = await client.v2.uploadMedia(bytes, { media_type, ...options }, SEGMENT_BYTES);
    return { id, file: name, segments: segmentsOf(bytes) };
  }

  async function tweetV2(name, client, text, ...files) {
    const media_ids = files.map((file) => file.id);
    const { data } = await client.v2.tweet(files.length ? { text, media: { media_ids } } : { text });
    posted(name, data.id, text, ...files);
  }

  const person = byKeys();
  await check("OAuth 1.0a with the account's keys, v1.1 and v2", async () => {
    assert.equal((await person.v2.me()).data.username, keys.screen_name);
    assert.equal((await person.v1.verifyCredentials()).screen_name, keys.screen_name);
  });
  for (const [name, target] of [['callback', callback], ['PIN', 'oob']]) {
    await check(`OAuth 1.0a sign-in by ${name}`, async () => {
      const link = await application().generateAuthLink(target, { linkMode: name === 'PIN' ? 'authorize' : 'authenticate' });
      const answer = await consent(link.url);
      const verifier = name === 'PIN' ? answer : new URL(answer).searchParams.get('oauth_verifier');
      const tokens = { accessToken: link.oauth_token, accessSecret: link.oauth_token_secret };
      const { client, userId, screenName } = await application(tokens).login(verifier);
      assert.deepEqual([userId, screenName], [keys.user_id, keys.screen_name]);
      assert.equal((await client.v2.me()).data.username, keys.screen_name);
    });
  }

  await check('OAuth 2.0 sign-in of a public client with PKCE', async () => {
    const { client } = await signIn2(new TwitterApi({ clientId: keys.public_client_id }, { httpAgent }));
    assert.equal((await client.v2.me()).data.username, keys.screen_name);
  });
  let first, person2;
  await check('OAuth 2.0 sign-in of a confidential client with PKCE', async () => {
    first = await signIn2(confidential());
    assert.equal((await first.client.v2.me()).data.username, keys.screen_name);
  });
  await check('OAuth 2.0 refresh', async () => {
    const second = await confidential().refreshOAuth2Token(first.refreshToken);
    assert.notEqual(second.refreshToken, first.refreshToken);
    person2 = second.client;
    assert.equal((await person2.v2.me()).data.username, keys.screen_name);
  });
  await check('OAuth 2.0 revocation', async () => {
    const { client, accessToken } = await signIn2(confidential());
    await confidential().revokeOAuth2Token(accessToken);
    await refused(client.v2.me(), 401, 'Unauthorized');
  });
  await check("application's own sign-in (appLogin)", () => application().appLogin());

  await check('v2 upload of a PNG by OAuth 2.0, with alt text', async () => {
    const picture = await uploadV2(person2, 'picture.png', 'image/png');
    await person2.v2.createMediaMetadata(picture.id, { alt_text: { text: HARD } });
    const text = `twitter-api-v2, picture: ${HARD}`;
    await tweetV2('v2 tweet with the PNG arrived', person2, text, { ...picture, category: 'tweet_image', alt_text: HARD });
  });
  await check('v2 upload of a GIF by OAuth 2.0', async () => {
    const gif = await uploadV2(person2, 'animation.gif', 'image/gif');
    await tweetV2('v2 tweet with the GIF arrived', person2, 'twitter-api-v2, GIF', { ...gif, category: 'tweet_gif' });
  });
  await check('v2 upload of a video by OAuth 1.0a', async () => {
    const video = await uploadV2(person, 'video.mp4', 'video/mp4');
    await tweetV2('v2 tweet with the video arrived', person, 'twitter-api-v2, video', { ...video, category: 'tweet_video' });
  });
  for (const name of ['picture.png', 'animation.gif', 'video.mp4']) {
    await check(`v1.1 upload of ${name}, three segments at a time`, async () => {
      const id = await person.v1.uploadMedia(media(name), { chunkLength: SEGMENT_BYTES, maxConcurrentUploads: 3 });
      const text = `twitter-api-v2, v1.1, ${name}: ${HARD}`;
      const { id_str } = await person.v1.tweet(text, { media_ids: [id] });
      posted(`v1.1 tweet with ${name} arrived`, id_str, text, { id, file: name });
    });
  }
  await check('v2 tweet with a poll', async () => {
    const poll = { options: ['да', 'нет'], duration_minutes: 60 };
    const { data } = await person2.v2.tweet('twitter-api-v2, poll', { poll });
    posted('v2 tweet with a poll arrived', data.id, 'twitter-api-v2, poll');
  });

  await check('refused: a wrong application secret, v1.1', () => refused(
    byKeys({ appSecret: 'wrong' }).v1.tweet('twitter-api-v2, never'), 401, '"code":32'));
  await check('refused: a wrong token secret, v2 and the upload', async () => {
    const wrong = byKeys({ accessSecret: 'wrong' });
    await refused(wrong.v2.tweet('twitter-api-v2, never'), 401, 'Unauthorized');
    await refused(uploadV2(wrong, 'picture.png', 'image/png'), 401, 'Unauthorized');
  });
  await check('refused: a reused nonce', async () => {
    let sent;
    // A plugin of the library's own kind sees the signed request; it goes out once more as it was.
    const plugin = { onBeforeRequest({ computedParams }) { sent = computedParams; } };
    await byKeys({}, { plugins: [plugin] }).v2.me();
    const again = await new Promise((answered, failed) => {
      const request = https.request(sent.url, { method: sent.method, headers: sent.headers, agent: httpAgent });
      request.on('response', (answer) => { answer.resume(); answered(answer.statusCode); });
      request.on('error', failed);
      request.end();
    });
    assert.equal(again, 401);
  });
  await check('refused: a wrong PKCE verifier', () => refused(
    signIn2(confidential(), 'wrong-verifier-'.repeat(4)), 400, 'code verifier'));
  await check('refused: a spent refresh token, and with it all that came of that consent', async () => {
    await refused(confidential().refreshOAuth2Token(first.refreshToken), 400, 'token was invalid');
    await refused(person2.v2.me(), 401, 'Unauthorized');
  });
  await check('refused: an upload without the scope media.write', async () => {
    const client = new TwitterApi({ clientId: keys.public_client_id }, { httpAgent });
    const { url, codeVerifier } = client.generateOAuth2AuthLink(callback, { scope: ['tweet.read', 'users.read'] });
    const code = new URL(await consent(url)).searchParams.get('code');
    const reader = await client.loginWithOAuth2({ code, codeVerifier, redirectUri: callback });
    await refused(uploadV2(reader.client, 'picture.png', 'image/png'), 403, 'Forbidden');
  });
  finished();
}

main();
