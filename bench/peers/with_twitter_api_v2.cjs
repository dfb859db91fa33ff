// twitter-api-v2 against the sink: `with_twitter_api_v2.cjs URL upload|upload-v1.1 FILE` or `… tweets COUNT`.
//
// Prints a line of JSON. Time starts once everything is loaded. The library knows https addresses alone, so
// the agent of its own setting `httpAgent` leads them to the sink, which is plain HTTP.

const fs = require('node:fs');
const https = require('node:https');
const net = require('node:net');
const { TwitterApi } = require('twitter-api-v2');

const KEYS = {
  appKey: 'xvz1evFS4wEEPTGEFPHBog',
  appSecret: 'kAcSOqF21Fu85e7zjz7ZN2U4ZRhfV3WpwPAoE3Z7kBw',
  accessToken: '370773112-GmHxMAgYyLbNEtIKZeRNFsMKPR9EyMZeS9weJAEb',
  accessSecret: 'LswwdoUaIvS8ltyTt5jkRh4J50vUPVVHtR2YPi5kE',
};
const SEGMENT = 4 << 20;

class ToSink extends https.Agent {
  constructor(url) {
    super({ keepAlive: true });
    this.sink = new URL(url);
  }

  createConnection(_options, done) {
    return net.connect({ host: this.sink.hostname, port: Number(this.sink.port), noDelay: true }, () => done?.());
  }
}

const peakKib = () => process.resourceUsage().maxRSS;
const cpuSeconds = () => { const { user, system } = process.cpuUsage(); return (user + system) / 1e6; };

async function measured(act) {
  const [loaded, cpu, started] = [peakKib(), cpuSeconds(), performance.now()];
  await act();
  return { call_s: (performance.now() - started) / 1e3, cpu_s: cpuSeconds() - cpu, memory_kib: peakKib() - loaded };
}

async function main() {
  const [url, task, value] = process.argv.slice(2);
  const client = new TwitterApi(KEYS, { httpAgent: new ToSink(url) });
  if (task === 'upload') {
    // API 2 takes a Buffer alone.
    return measured(() => client.v2.uploadMedia(fs.readFileSync(value), { media_type: 'video/mp4' }, SEGMENT));
  }
  if (task === 'upload-v1.1') {
    return measured(() => client.v1.uploadMedia(value, { chunkLength: SEGMENT, mimeType: 'video/mp4', longVideo: true }));
  }
  await client.v2.tweet('Hello from the benchmark');
  const samples = [];
  for (let at = 0; at < Number(value); at += 1) {
    const started = performance.now();
    await client.v2.tweet('Hello from the benchmark');
    samples.push((performance.now() - started) * 1e3);
  }
  samples.sort((a, b) => a - b);
  return { p50_us: samples[samples.length >> 1], p99_us: samples[Math.floor(samples.length * 0.99)] };
}

main().then((figures) => { console.log(JSON.stringify(figures)); process.exit(0); }, (error) => {
  console.error(error);
  process.exit(1);
});
