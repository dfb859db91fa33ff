//! The faults that tests have added, and which request each of them hits.

use std::sync::Mutex;

use crate::request::{Body, Head, body_field};
use crate::state::lock;

use super::{Fault, FaultKind};

/// The faults that wait for their requests.
#[derive(Default)]
pub struct FaultQueue(Mutex<Vec<Fault>>);

impl FaultQueue {
    pub fn add(&self, fault: Fault) {
        lock(&self.0).push(fault);
    }

    pub fn clear(&self) {
        lock(&self.0).clear();
    }

    /// The fault that hits this request. The body is searched for a segment index only if a fault names one.
    pub async fn take_for(&self, head: &Head, body: &mut Body) -> Option<FaultKind> {
        let names_segment = lock(&self.0).iter().any(|fault| fault.segment.is_some() && matches_line(fault, head));
        let segment = if names_segment { segment_of(head, body).await } else { None };
        self.take(|fault| {
            fault.kind != FaultKind::ParallelRefused
                && matches_line(fault, head)
                && (fault.segment.is_none() || fault.segment == segment)
        })
    }

    /// Whether an append that came while another was under way is to be refused.
    pub fn refuses_parallel(&self, head: &Head, segment: Option<u64>) -> bool {
        let hit = self.take(|fault| {
            fault.kind == FaultKind::ParallelRefused
                && matches_line(fault, head)
                && (fault.segment.is_none() || fault.segment == segment)
        });
        hit.is_some()
    }

    fn take(&self, matches: impl Fn(&Fault) -> bool) -> Option<FaultKind> {
        let mut faults = lock(&self.0);
        let mut hit = None;
        for fault in faults.iter_mut().filter(|fault| matches(fault)) {
            if fault.skip > 0 {
                fault.skip -= 1;
            } else if fault.times > 0 {
                fault.times -= 1;
                hit = Some(fault.kind.clone());
                break;
            }
        }
        faults.retain(|fault| fault.times > 0);
        hit
    }
}

fn matches_line(fault: &Fault, head: &Head) -> bool {
    let method = fault.method.as_ref().is_none_or(|method| head.method.as_str().eq_ignore_ascii_case(method));
    method
        && match fault.path.strip_suffix('*') {
            Some(beginning) => head.path.starts_with(beginning),
            None => head.path == fault.path,
        }
}

/// The segment that an append names, in its query or anywhere in its body. No more of the body is read than needed.
async fn segment_of(head: &Head, body: &mut Body) -> Option<u64> {
    // `&` marks the end of the last value.
    match find_segment(format!("{}&", head.query).as_bytes()) {
        Some(segment) => Some(segment),
        None => body.peek(find_segment).await.ok().flatten(),
    }
}

fn find_segment(text: &[u8]) -> Option<u64> {
    body_field(text, "segment_index")?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::find_segment;

    #[test]
    fn a_segment_is_found_in_every_kind_of_body() {
        for text in [
            "a=b&segment_index=12&",
            r#"{"media":"QUJD","segment_index": 12}"#,
            r#"{"segment_index":"12","#,
            "--x\r\nContent-Disposition: form-data; name=\"segment_index\"\r\n\r\n12\r\n--x",
            "name=\"segment_index\"\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n12\r\n",
        ] {
            assert_eq!(find_segment(text.as_bytes()), Some(12), "{text}");
        }
        for text in ["", "segment_index", "segment_index=1", "name=\"segment_index\"\r\nContent-Ty"] {
            assert_eq!(find_segment(text.as_bytes()), None, "{text}");
        }
    }
}
