// The agent for the library's own setting `httpAgent`: X's names lead to the simulator, all others nowhere. The name
// stays what it is in the Host header, in the signature and in the check of the certificate.

const https = require('node:https');

const X_NAMES = ['x.com', 'api.x.com', 'upload.x.com'];

class ToSimulator extends https.Agent {
  constructor(simulator) {
    super({ keepAlive: true });
    this.simulator = simulator;
  }

  createConnection(options, done) {
    if (!X_NAMES.includes(options.host)) throw new Error(`${options.host} is no name of X`);
    const { hostname: host, port } = this.simulator;
    return super.createConnection({ ...options, host, port: Number(port), servername: options.host }, done);
  }
}

module.exports = { ToSimulator };
