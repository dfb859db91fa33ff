//! `twitter-simulator`: a local X for any client on this machine.

use std::fs;
use std::io::{self, Read, Write};
use std::process::ExitCode;
use std::thread;

use twitter_simulator::{Options, Simulator};

const USAGE: &str = "\
Usage: twitter-simulator [options]

  --port N                  port on 127.0.0.1 (a free one)
  --tls                     https, under a certificate authority made at start
  --ca-file PATH            write that authority's certificate there, as PEM
  --processing-seconds N    how long videos and GIFs take to process (1)
  --clock-offset N          seconds that the simulated clock is ahead
  --redirect-uri URL        register one more address to send people back to; repeatable
  --explain-redirects       show a person where the redirect would lead, if nothing listens there
  --access-token-seconds N  life of an OAuth 2.0 access token (7200)
  --v1-closed               refuse API 1.1's tweets as X refuses self-serve applications
  --kept-body-bytes N       how much of each request's body its record keeps (65536)
  --rate-limits             refuse what exceeds X's rate limits
  --any-content             don't look whether media are what they are declared as
  --bare-uploads            answer uploads without `data` around their fields
  --finalize-needs-object   refuse a finalize without a JSON object
  --mixed-media             take any four media in a tweet
  --print-credentials       print the application's and the account's keys as one line of JSON
  --until-stdin-closes      stop when standard input ends
  --help                    print this
";

#[derive(Default)]
struct Command {
    options: Options,
    ca_file: Option<String>,
    print_credentials: bool,
    until_stdin_closes: bool,
    help: bool,
}

fn main() -> ExitCode {
    let command = match parse(std::env::args().skip(1)) {
        Ok(command) => command,
        Err(problem) => {
            eprintln!("{USAGE}\ntwitter-simulator: {problem}");
            return ExitCode::from(2);
        }
    };
    if command.help {
        // A reader who closes the pipe has seen enough.
        let _ = io::stdout().write_all(USAGE.as_bytes());
        return ExitCode::SUCCESS;
    }
    match run(command) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("twitter-simulator: {error}");
            ExitCode::FAILURE
        }
    }
}

fn parse(arguments: impl Iterator<Item = String>) -> Result<Command, String> {
    let mut command = Command::default();
    let mut arguments = arguments;
    while let Some(flag) = arguments.next() {
        let mut value = || arguments.next().ok_or_else(|| format!("{flag} needs a value"));
        match flag.as_str() {
            "--port" => command.options.port = number(&flag, &value()?)?,
            "--tls" => command.options.tls = true,
            "--ca-file" => command.ca_file = Some(value()?),
            "--processing-seconds" => command.options.processing_seconds = number(&flag, &value()?)?,
            "--clock-offset" => command.options.clock_offset_seconds = number(&flag, &value()?)?,
            "--redirect-uri" => command.options.redirect_uris.push(value()?),
            "--explain-redirects" => command.options.explain_redirects = true,
            "--access-token-seconds" => command.options.access_token_lifetime_seconds = number(&flag, &value()?)?,
            "--v1-closed" => command.options.v1_closed = true,
            "--kept-body-bytes" => command.options.kept_body_bytes = number(&flag, &value()?)?,
            "--rate-limits" => command.options.rate_limits = true,
            "--any-content" => command.options.check_content = false,
            "--bare-uploads" => command.options.bare_uploads = true,
            "--finalize-needs-object" => command.options.finalize_needs_object = true,
            "--mixed-media" => command.options.mixed_media = true,
            "--print-credentials" => command.print_credentials = true,
            "--until-stdin-closes" => command.until_stdin_closes = true,
            "--help" | "-h" => command.help = true,
            _ => return Err(format!("unknown option {flag}")),
        }
    }
    if command.ca_file.is_some() && !command.options.tls {
        return Err("--ca-file goes with --tls".to_owned());
    }
    Ok(command)
}

fn number<T: std::str::FromStr>(flag: &str, value: &str) -> Result<T, String> {
    value.parse().map_err(|_| format!("{flag} does not take `{value}`"))
}

fn run(command: Command) -> io::Result<()> {
    let simulator = Simulator::start(command.options)?;
    if let (Some(path), Some(pem)) = (&command.ca_file, simulator.ca_pem()) {
        fs::write(path, pem)?;
    }
    let mut out = io::stdout().lock();
    writeln!(out, "{}", simulator.url())?;
    if command.print_credentials {
        writeln!(out, "{}", serde_json::to_string(&simulator.credentials())?)?;
    }
    out.flush()?;
    drop(out);
    wait(command.until_stdin_closes)
}

/// Until Ctrl-C or, if so asked, the end of standard input. Either way the simulator is then dropped
/// and its temporary folder with it.
fn wait(until_stdin_closes: bool) -> io::Result<()> {
    twitter_simulator::until_interrupted_or(move || {
        if until_stdin_closes {
            let mut ignored = [0; 1024];
            while io::stdin().read(&mut ignored).is_ok_and(|read| read > 0) {}
        } else {
            loop {
                thread::park();
            }
        }
    })
}
