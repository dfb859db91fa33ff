//! The C# packages: what is generated, their tests, and the smoke program that runs from the packed package, published
//! in every way there is.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};

use super::{PYTHON, missing};
use crate::cargo;
use crate::command::{self, BUILD, MINUTES, Output};
use crate::native::{TARGETS, prebuilt};
use crate::step::{Step, TestRun, Verdict};
use crate::{build_folder, workspace};

/// The oldest SDK that builds the tests; the packages themselves need 8.
const OLDEST_SDK: u32 = 10;

const UNREACHABLE: &str = "NuGet can't be reached";

/// Options against compiler servers, which would outlive the step and keep its pipes open.
pub const NO_SERVERS: &[&str] = &["-nodeReuse:false", "-p:UseSharedCompilation=false", "-maxcpucount:2"];

/// How the smoke program is built and run from the package.
struct Publication {
    name: &'static str,
    framework: &'static str,
    properties: &'static [&'static str],
    runs_by: Runner,
}

enum Runner {
    Itself,
    Dotnet,
    Mono,
}

const PUBLICATIONS: &[Publication] = &[
    publication("net10.0", "net10.0", &["SelfContained=false"], Runner::Dotnet),
    publication("net8.0 with its runtime", "net8.0", &["SelfContained=true"], Runner::Itself),
    publication("trimmed", "net10.0", &["SelfContained=true", "PublishTrimmed=true"], Runner::Itself),
    publication("ahead of time", "net10.0", &["PublishAot=true"], Runner::Itself),
    publication("one file", "net10.0", &["SelfContained=true", "PublishSingleFile=true"], Runner::Itself),
    publication(
        "one file with the library",
        "net8.0",
        &["SelfContained=true", "PublishSingleFile=true", "IncludeNativeLibrariesForSelfExtract=true"],
        Runner::Itself,
    ),
    publication("net472 under Mono", "net472", &[], Runner::Mono),
];

const fn publication(
    name: &'static str,
    framework: &'static str,
    properties: &'static [&'static str],
    runs_by: Runner,
) -> Publication {
    Publication { name, framework, properties, runs_by }
}

pub fn steps() -> Vec<Step> {
    vec![
        Step::new("csharp-generated", generated_is_current),
        Step::new("csharp", run),
        Step::new("csharp-soak", soak).long(),
    ]
}

/// Needs no .NET: a function can be added without one.
fn generated_is_current(test_run: &TestRun) -> Result<Verdict> {
    if let Some(verdict) = missing(&[PYTHON]) {
        return Ok(verdict);
    }
    let mut generate = Command::new("python3");
    generate.current_dir(package()).args(["generate.py", "--check"]).env("TWITTER_NATIVE_LIBRARY", test_run.library()?);
    command::run(generate.env("PYTHONDONTWRITEBYTECODE", "1"), MINUTES)?;
    Ok(Verdict::Passed)
}

fn run(test_run: &TestRun) -> Result<Verdict> {
    let dotnet = match Dotnet::restored(test_run)? {
        Ok(dotnet) => dotnet,
        Err(why) => return Ok(Verdict::Skipped(why)),
    };
    dotnet.build()?;
    dotnet.format()?;
    let mut skipped = Vec::new();
    if dotnet.offline {
        skipped.push(format!("csharp: {UNREACHABLE}: netstandard2.0, net8.0, packages and AOT not built"));
    }
    skipped.extend(skipped_tests(&dotnet.test("Category!=Long&Category!=Package", &[])?));
    if !dotnet.offline {
        skipped.extend(from_the_package(&dotnet)?);
        skipped.extend(ahead_of_time(&dotnet)?);
    }
    Ok(Verdict::passed_but_for(skipped))
}

fn soak(test_run: &TestRun) -> Result<Verdict> {
    let dotnet = match Dotnet::restored(test_run)? {
        Ok(dotnet) => dotnet,
        Err(why) => return Ok(Verdict::Skipped(why)),
    };
    dotnet.build()?;
    dotnet.test("Category=Long", &[])?;
    Ok(Verdict::Passed)
}

/// Builds the program that keeps accounts in PostgreSQL, and says where it is. The inner error is why it can't be built
/// here.
pub fn postgres_worker(test_run: &TestRun) -> Result<Result<PathBuf, String>> {
    let dotnet = match Dotnet::find(test_run)? {
        Ok(dotnet) => dotnet,
        Err(why) => return Ok(Err(why)),
    };
    let folder = build_folder::scratch("csharp-postgres-worker")?;
    let mut publish = dotnet.msbuild(&["publish", "tests/TwitterNative.PostgresWorker", "-c", "Release"]);
    match command::run(publish.arg("-o").arg(&folder), BUILD) {
        Ok(_) => Ok(Ok(folder.join("TwitterNative.PostgresWorker.dll"))),
        Err(error) if is_unreachable(&error) => Ok(Err(unreachable_because(&error))),
        Err(error) => Err(error),
    }
}

pub fn package() -> PathBuf {
    workspace::root().join("bindings").join("csharp")
}

/// The sample site once more, compiled ahead of time; says so where that can't be.
fn ahead_of_time(dotnet: &Dotnet) -> Result<Option<String>> {
    let folder = build_folder::scratch("csharp-web-sign-in")?;
    let mut publish = dotnet.msbuild(&["publish", "samples/WebSignIn", "-c", "Release", "--use-current-runtime"]);
    match command::run(publish.arg("-p:AheadOfTime=true").arg("-o").arg(&folder), BUILD) {
        Ok(_) => {}
        Err(error) if is_unreachable(&error) => {
            return Ok(Some(format!("csharp: {UNREACHABLE}: WebSignIn not compiled ahead of time")));
        }
        Err(error) => return Err(error),
    }
    let program = folder.join(format!("WebSignIn{}", env::consts::EXE_SUFFIX));
    let site: &[(&str, &Path)] = &[("TWITTER_NATIVE_WEB_SIGN_IN", &program)];
    dotnet.test("FullyQualifiedName~TwoPeopleSignIn", site)?;
    Ok(None)
}

/// Packs both packages, and runs the smoke program from there as a project of its own.
fn from_the_package(dotnet: &Dotnet) -> Result<Vec<String>> {
    let packages = build_folder::scratch("csharp-packages")?;
    let version = dotnet.pack(&packages)?;
    packs_the_same_again(dotnet, &packages)?;
    dotnet.forget_packages()?;
    dotnet.test("Category=Package", &[("TWITTER_NATIVE_PACKAGES", &packages)])?;
    let folder = env::temp_dir().join(format!("twitter-native-consumers-{}", std::process::id()));
    let skipped = consume_all(dotnet, &folder, &packages, &version);
    fs::remove_dir_all(&folder)?;
    skipped
}

/// Whoever packs the same files gets the same bytes, whatever the time is.
fn packs_the_same_again(dotnet: &Dotnet, packages: &Path) -> Result<()> {
    let again = build_folder::scratch("csharp-packages-again")?;
    dotnet.pack(&again)?;
    for entry in fs::read_dir(packages)? {
        let name = entry?.file_name();
        let same = fs::read(packages.join(&name))? == fs::read(again.join(&name))?;
        ensure!(same, "{} differs from the one of a second pack", name.to_string_lossy());
    }
    Ok(())
}

/// Runs the smoke program in every way; gives what could not be run.
fn consume_all(dotnet: &Dotnet, folder: &Path, packages: &Path, version: &str) -> Result<Vec<String>> {
    let mut skipped = Vec::new();
    for (number, publication) in PUBLICATIONS.iter().enumerate() {
        if matches!(publication.runs_by, Runner::Mono) && !command::exists("mono") {
            skipped.push("csharp: no mono, net472 not run; install it by: apt-get install mono-complete".to_owned());
            continue;
        }
        let place = folder.join(number.to_string());
        let outcome = dotnet.consume(publication, &place, packages, version);
        match outcome.with_context(|| format!("the smoke program, {}", publication.name)) {
            Ok(()) => {}
            Err(error) if is_unreachable(&error) => {
                skipped.push(format!("csharp: {UNREACHABLE}: {} not built", publication.name));
            }
            Err(error) => return Err(error),
        }
    }
    Ok(skipped)
}

/// The smoke program from the package, self-contained for Windows; `start` runs its file there. If it can't be
/// built here, returns why.
pub fn smoke_on_windows(
    test_run: &TestRun,
    start: impl Fn(&Path) -> Command,
    simulator: &Path,
) -> Result<Option<String>> {
    const SELF_CONTAINED: [&str; 3] = ["--runtime", "win-x64", "--self-contained"];
    let dotnet = match Dotnet::restored(test_run)? {
        Ok(dotnet) if dotnet.offline => return Ok(Some(UNREACHABLE.to_owned())),
        Ok(dotnet) => dotnet,
        Err(why) => return Ok(Some(why)),
    };
    dotnet.build()?;
    let packages = build_folder::scratch("csharp-packages-windows")?;
    let version = dotnet.pack(&packages)?;
    dotnet.forget_packages()?;
    let place = env::temp_dir().join(format!("twitter-native-windows-{}", std::process::id()));
    let outcome = dotnet.publish("net10.0", SELF_CONTAINED.map(str::to_owned), &place, &packages, &version).and_then(
        |published| {
            let mut smoke = start(&published.join("Consumer.exe"));
            succeeds(smoke.env("TWITTER_SIMULATOR", simulator).current_dir(&place))
        },
    );
    if place.exists() {
        fs::remove_dir_all(&place)?;
    }
    match outcome {
        Err(error) if is_unreachable(&error) => Ok(Some(unreachable_because(&error))),
        outcome => outcome.map(|()| None),
    }
}

struct Dotnet {
    simulator: PathBuf,
    library: PathBuf,
    /// Where NuGet unpacks packages: it stays from run to run.
    nuget: PathBuf,
    home: PathBuf,
    /// NuGet can't be reached: only what builds from the packages of the SDK and of this machine's sources is built.
    offline: bool,
}

impl Dotnet {
    /// The SDK on the PATH with the packages that the solution needs, or why it can't be had.
    fn restored(test_run: &TestRun) -> Result<Result<Dotnet, String>> {
        match Dotnet::find(test_run)? {
            Ok(mut dotnet) => Ok(dotnet.restore()?.map(|()| dotnet)),
            Err(why) => Ok(Err(why)),
        }
    }

    /// The SDK on the PATH, or why there is none that will do.
    fn find(test_run: &TestRun) -> Result<Result<Dotnet, String>> {
        let skip = |why: &str| Ok(Err(why.to_owned()));
        if !command::exists("dotnet") {
            return skip("no dotnet; the C# packages need the .NET SDK 8 or newer, their tests 10");
        }
        let found = Dotnet {
            simulator: cargo::program("twitter-simulator", &[])?,
            library: test_run.library()?.to_owned(),
            nuget: build_folder::kept("nuget")?,
            home: build_folder::kept("dotnet")?,
            offline: false,
        };
        fs::create_dir_all(&found.home)?;
        let sdks = command::run(&mut found.command(&["--list-sdks"]), MINUTES)?;
        if newest_sdk(&sdks.stdout) < Some(OLDEST_SDK) {
            return skip("the .NET SDK is older than 10, which the tests of the C# packages need");
        }
        Ok(Ok(found))
    }

    fn command(&self, arguments: &[&str]) -> Command {
        dotnet(arguments, &self.home, &self.nuget)
    }

    fn msbuild(&self, arguments: &[&str]) -> Command {
        let mut command = self.command(arguments);
        command.args(NO_SERVERS).arg(format!("-p:OfflineTargets={}", self.offline));
        command
    }

    /// Restores the packages, without NuGet if it can't be reached; the inner error is why that fails too.
    fn restore(&mut self) -> Result<Result<(), String>> {
        let Err(error) = command::run(&mut self.msbuild(&["restore", "TwitterNative.slnx"]), BUILD) else {
            return Ok(Ok(()));
        };
        if !is_unreachable(&error) {
            return Err(error);
        }
        self.offline = true;
        // With `--force`: an earlier restore may have been for other target frameworks.
        match command::run(&mut self.msbuild(&["restore", "TwitterNative.slnx", "--force"]), BUILD) {
            Ok(_) => Ok(Ok(())),
            Err(error) if is_unreachable(&error) => Ok(Err(unreachable_because(&error))),
            Err(error) => Err(error),
        }
    }

    fn build(&self) -> Result<()> {
        let arguments = ["build", "TwitterNative.slnx", "--no-restore", "-c", "Release", "-warnaserror"];
        command::run(&mut self.msbuild(&arguments), BUILD)?;
        Ok(())
    }

    fn format(&self) -> Result<()> {
        let arguments = ["format", "whitespace", "TwitterNative.slnx", "--verify-no-changes", "--no-restore"];
        command::run(&mut self.command(&arguments), MINUTES)?;
        Ok(())
    }

    fn test(&self, filter: &str, environment: &[(&str, &Path)]) -> Result<Output> {
        let project = "tests/TwitterNative.Tests";
        let arguments = [
            "test",
            project,
            "--no-build",
            "-c",
            "Release",
            "--filter",
            filter,
            "--logger",
            "console;verbosity=normal",
        ];
        let mut test = self.msbuild(&arguments);
        test.env("TWITTER_SIMULATOR", &self.simulator).env("TWITTER_NATIVE_LIBRARY", &self.library);
        command::run(test.envs(environment.iter().copied()), BUILD)
    }

    /// The libraries of these sources that lie in dist/native/, by .NET's names for their systems.
    fn natives(&self) -> Result<PathBuf> {
        let folder = build_folder::scratch("csharp-natives")?;
        for target in &TARGETS {
            let place = folder.join(target.rid);
            if let (Ok(library), false) = (prebuilt::current(target), place.exists()) {
                fs::create_dir_all(&place)?;
                fs::copy(&library, place.join(target.library()))?;
            }
        }
        Ok(folder)
    }

    /// Packs both packages into the folder; gives their version.
    fn pack(&self, folder: &Path) -> Result<String> {
        let library = self.library.parent().context("the library is in a folder")?;
        let natives = self.natives()?;
        for name in ["TwitterNative", "TwitterNative.Extensions.DependencyInjection"] {
            let project = format!("src/{name}");
            let mut pack = self.msbuild(&["pack", &project, "--no-build", "-c", "Release"]);
            pack.arg("-o").arg(folder).arg(format!("-p:NativeBuildRoot={}/", library.display()));
            pack.arg(format!("-p:NativeRoot={}/", natives.display()));
            command::run(&mut pack, MINUTES)?;
        }
        let names = fs::read_dir(folder)?.map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned()));
        let names = names.collect::<Result<Vec<String>>>()?;
        names.iter().find_map(|name| version_of(name)).context("dotnet pack made no TwitterNative.*.nupkg")
    }

    /// NuGet would take the package of an earlier run from its cache: the version is the same.
    fn forget_packages(&self) -> Result<()> {
        for name in ["twitternative", "twitternative.extensions.dependencyinjection"] {
            let cached = self.nuget.join(name);
            if cached.exists() {
                fs::remove_dir_all(&cached)?;
            }
        }
        Ok(())
    }

    /// Builds the smoke program in a folder outside the tree; gives the folder of what was published.
    fn publish(
        &self,
        framework: &str,
        arguments: impl IntoIterator<Item = String>,
        place: &Path,
        packages: &Path,
        version: &str,
    ) -> Result<PathBuf> {
        copy_sources(&package().join("tests").join("TwitterNative.Smoke"), place)?;
        fs::copy(package().join("tests").join("Consumers").join("Consumer.csproj"), place.join("Consumer.csproj"))?;
        let mut publish = self.command(&["publish", "Consumer.csproj", "-c", "Release", "-o", "published"]);
        publish.args(NO_SERVERS).current_dir(place);
        publish.arg(format!("-p:PackageUnderTest={version}")).arg(format!("-p:PackageFolder={}", packages.display()));
        publish.arg(format!("-p:ConsumerFramework={framework}")).args(arguments);
        command::run(&mut publish, BUILD)?;
        Ok(place.join("published"))
    }

    /// Builds the smoke program and runs it.
    fn consume(&self, publication: &Publication, place: &Path, packages: &Path, version: &str) -> Result<()> {
        let mut arguments: Vec<String> =
            publication.properties.iter().map(|property| format!("-p:{property}")).collect();
        if matches!(publication.runs_by, Runner::Itself) {
            arguments.push("--use-current-runtime".to_owned());
        }
        let published = self.publish(publication.framework, arguments, place, packages, version)?;
        let mut smoke = match publication.runs_by {
            Runner::Itself => {
                let program = published.join(format!("Consumer{}", env::consts::EXE_SUFFIX));
                with_environment(&self.command(&[]), program)
            }
            Runner::Dotnet => {
                let mut smoke = self.command(&[]);
                smoke.arg(published.join("Consumer.dll"));
                smoke
            }
            Runner::Mono => {
                let mut smoke = with_environment(&self.command(&[]), "mono".into());
                smoke.arg(published.join("Consumer.exe"));
                smoke
            }
        };
        // A program in one file unpacks the library below its user's home otherwise.
        smoke.env("DOTNET_BUNDLE_EXTRACT_BASE_DIR", place.join("unpacked")).env("TWITTER_SIMULATOR", &self.simulator);
        succeeds(smoke.current_dir(place))
    }
}

/// `dotnet`, at work in the package's folder and writing nothing outside the build's.
pub fn dotnet(arguments: &[&str], home: &Path, nuget: &Path) -> Command {
    let mut command = Command::new("dotnet");
    command.args(arguments).current_dir(package());
    command.env("DOTNET_CLI_TELEMETRY_OPTOUT", "1").env("DOTNET_NOLOGO", "1").env("DOTNET_CLI_UI_LANGUAGE", "en");
    command.env("DOTNET_CLI_HOME", home).env("NUGET_PACKAGES", nuget);
    command.env("DOTNET_GENERATE_ASPNET_CERTIFICATE", "false").env("MSBUILDDISABLENODEREUSE", "1");
    command.env_remove("TWITTER_NATIVE_LIBRARY");
    command
}

/// Runs the smoke program, which has to come to its end.
fn succeeds(smoke: &mut Command) -> Result<()> {
    let output = command::run(smoke, MINUTES)?;
    ensure!(output.stdout.trim_end().ends_with(" 0 failed"), "the smoke program ended early:\n{}", output.stdout);
    Ok(())
}

/// Another program with the environment of a command.
fn with_environment(command: &Command, program: PathBuf) -> Command {
    let mut other = Command::new(program);
    for (name, value) in command.get_envs() {
        match value {
            Some(value) => other.env(name, value),
            None => other.env_remove(name),
        };
    }
    other
}

fn copy_sources(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let path = entry?.path();
        if let (true, Some(name)) = (path.extension().is_some_and(|ending| ending == "cs"), path.file_name()) {
            fs::copy(&path, to.join(name))?;
        }
    }
    Ok(())
}

/// The newest major version in what `dotnet --list-sdks` writes.
fn newest_sdk(list: &str) -> Option<u32> {
    list.lines().filter_map(|line| line.split('.').next()?.trim().parse().ok()).max()
}

/// Of `TwitterNative.0.1.0.nupkg` the version; of other files none.
fn version_of(file: &str) -> Option<String> {
    let version = file.strip_prefix("TwitterNative.")?.strip_suffix(".nupkg")?;
    version.starts_with(|first: char| first.is_ascii_digit()).then(|| version.to_owned())
}

/// Whether it is an error of NuGet's: no source responds, or none has the package.
fn is_unreachable(error: &anyhow::Error) -> bool {
    let text = format!("{error:#}");
    ["NU1301", "NU1101", "NU1102", "NU1103", "NETSDK1127"].iter().any(|code| text.contains(code))
}

fn unreachable_because(error: &anyhow::Error) -> String {
    let text = format!("{error:#}");
    let reason = text.lines().find(|line| line.contains("error NU")).unwrap_or("no reason given");
    format!("{UNREACHABLE}: {}", reason.trim())
}

/// The tests that xunit has skipped.
fn skipped_tests(output: &Output) -> Vec<String> {
    let lines = output.stdout.lines().filter_map(|line| line.split_once("[SKIP]").map(|(name, _)| name));
    lines.filter_map(|name| name.split_whitespace().last()).map(|name| format!("csharp: {name}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_dotnet_writes() {
        assert_eq!(newest_sdk("8.0.404 [/usr/share/dotnet/sdk]\n10.0.401 [/usr/share/dotnet/sdk]\n"), Some(10));
        assert_eq!(newest_sdk(""), None);
        assert_eq!(version_of("TwitterNative.0.1.0.nupkg"), Some("0.1.0".to_owned()));
        assert_eq!(version_of("TwitterNative.0.1.0.snupkg"), None);
        assert_eq!(version_of("TwitterNative.Extensions.DependencyInjection.0.1.0.nupkg"), None);
    }

    #[test]
    fn tells_a_missing_source_from_a_mistake() {
        assert!(is_unreachable(&anyhow::anyhow!("error NU1301: Unable to load the service index")));
        assert!(!is_unreachable(&anyhow::anyhow!("error CS0103: The name 'x' does not exist")));
    }

    #[test]
    fn finds_what_xunit_skipped() {
        let stdout = "[xUnit.net 00:00:01.0]     TwitterNative.Tests.LoadTests.A [SKIP]\nPassed!\n".to_owned();
        let output = Output { stdout, stderr: String::new() };
        assert_eq!(skipped_tests(&output), ["csharp: TwitterNative.Tests.LoadTests.A"]);
    }
}
