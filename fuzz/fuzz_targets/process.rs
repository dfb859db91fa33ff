//! What a fuzzing process sets up once, and what is watched around every input.

use std::io::Write;
use std::os::fd::RawFd;
use std::sync::OnceLock;

use twitter_native as _;

use crate::harness::Target;
use crate::harness::abi::{Abi, ClassObject, Destroy, Options};

unsafe extern "C" {
    fn twitter_call(
        function: *const libc::c_char,
        request: *const libc::c_char,
        options: *const Options,
    ) -> *mut libc::c_char;
    fn twitter_free(result: *mut libc::c_char);
    fn GetClassObject(name: *const u16, out: *mut *mut libc::c_void) -> libc::c_long;
    fn DestroyObject(object: *mut *mut libc::c_void) -> libc::c_long;
}

static ABI: Abi = Abi {
    call: twitter_call,
    free: twitter_free,
    class_object: GetClassObject as ClassObject,
    destroy: DestroyObject as Destroy,
};

/// A network with nothing but loopback, where the system lets us make one.
pub fn begin() {
    // SAFETY: before any thread; what fails leaves things as they were.
    unsafe {
        if libc::unshare(libc::CLONE_NEWNET) != 0 && libc::unshare(libc::CLONE_NEWUSER | libc::CLONE_NEWNET) != 0 {
            eprintln!("no network namespace can be made; requests still name loopback alone");
            return;
        }
        let socket = libc::socket(libc::AF_INET, libc::SOCK_DGRAM, 0);
        let mut loopback: libc::ifreq = std::mem::zeroed();
        loopback.ifr_name[0] = b'l' as libc::c_char;
        loopback.ifr_name[1] = b'o' as libc::c_char;
        loopback.ifr_ifru.ifru_flags = (libc::IFF_UP | libc::IFF_RUNNING) as libc::c_short;
        assert_eq!(libc::ioctl(socket, libc::SIOCSIFFLAGS, &loopback), 0, "loopback can't be brought up");
        libc::close(socket);
    }
}

pub fn run(target: Target, data: &[u8]) {
    let silence = Silence::begin();
    let outcome = target(&ABI, data);
    let written = silence.end();
    let complaint = match outcome {
        Err(complaint) => complaint,
        Ok(()) if !written.is_empty() => format!("written to stdout or stderr: {}", String::from_utf8_lossy(&written)),
        Ok(()) => return,
    };
    // The library has silenced this process's panic hook.
    let _ = writeln!(std::io::stderr(), "PROPERTY BROKEN: {complaint}");
    std::process::abort();
}

/// Standard output and error lead into a file while the library runs; `FUZZ_LOUD` leaves them, to
/// see a sanitizer's report.
struct Silence {
    kept: [RawFd; 2],
}

fn sink() -> RawFd {
    static SINK: OnceLock<RawFd> = OnceLock::new();
    // SAFETY: a name without special meaning.
    *SINK.get_or_init(|| unsafe { libc::memfd_create(c"written".as_ptr(), 0) })
}

fn is_loud() -> bool {
    static LOUD: OnceLock<bool> = OnceLock::new();
    *LOUD.get_or_init(|| std::env::var_os("FUZZ_LOUD").is_some())
}

impl Silence {
    fn begin() -> Self {
        if is_loud() {
            return Silence { kept: [-1; 2] };
        }
        // SAFETY: descriptors that this process has.
        let kept = [1, 2].map(|stream| unsafe {
            let kept = libc::dup(stream);
            libc::dup2(sink(), stream);
            kept
        });
        Silence { kept }
    }

    fn end(self) -> Vec<u8> {
        if is_loud() {
            return Vec::new();
        }
        // SAFETY: as above; the buffer is as long as said.
        unsafe {
            for (stream, kept) in [1, 2].into_iter().zip(self.kept) {
                libc::dup2(kept, stream);
                libc::close(kept);
            }
            let length = libc::lseek(sink(), 0, libc::SEEK_END);
            let mut written = vec![0; length as usize];
            libc::pread(sink(), written.as_mut_ptr().cast(), written.len(), 0);
            libc::ftruncate(sink(), 0);
            libc::lseek(sink(), 0, libc::SEEK_SET);
            written
        }
    }
}
