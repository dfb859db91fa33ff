// How a client's program talks with run.py: it writes lines of JSON; run.py's answers come on standard input.

const assert = require('node:assert/strict');
const path = require('node:path');
const readline = require('node:readline');

const input = readline.createInterface({ input: process.stdin })[Symbol.asyncIterator]();

async function heard() {
  const { value, done } = await input.next();
  if (done) throw new Error('run.py has gone');
  return JSON.parse(value);
}

function say(values) {
  process.stdout.write(JSON.stringify(values) + '\n');
}

// What was posted in the check under way.
let arrivals = [];

async function check(name, act) {
  arrivals = [];
  try {
    await act();
    say({ check: name });
    arrivals.forEach(say);
  } catch (error) {
    say({ check: name, problem: error.data ? `${error.message} ${JSON.stringify(error.data)}` : String(error.stack) });
  }
}

// Lets run.py look whether this arrived; each file has id, file and what else to compare.
function posted(name, id, text, ...media) {
  arrivals.push({ check: name, posted: { id, text, media } });
}

// The person agrees; gives the address that the browser is sent to, or the PIN.
function consent(address) {
  say({ consent: address });
  return heard();
}

// The promise must be refused with this status and these words.
async function refused(promise, status, words) {
  const error = await promise.then(() => assert.fail('it was not refused'), (error) => error);
  assert.equal(error.code, status, error.stack);
  assert.ok(JSON.stringify(error.data).includes(words), `refused by other words: ${JSON.stringify(error.data)}`);
}

module.exports = {
  async start() {
    const { credentials, callback, media, control } = await heard();
    return { keys: credentials, callback, media: (name) => path.join(media, name), simulator: new URL(control) };
  },
  finished() {
    say({ finished: true });
    // Else the open standard input keeps the process.
    process.exit(0);
  },
  check, posted, consent, refused,
  SCOPES: ['tweet.read', 'tweet.write', 'users.read', 'media.write', 'offline.access'],
  // Characters that only a right percent-encoding brings over.
  HARD: "Привет, «мир»! 100% + ☃ 🐦 = a/b?c&d~e*'()",
};
