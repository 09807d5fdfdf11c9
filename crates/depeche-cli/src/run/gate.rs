//! The bound on what is under way.

use std::sync::{Condvar, Mutex, PoisonError};

/// Counts bytes in and out; whoever would bring in too many waits.
///
/// A thread that is far ahead of another is what makes memory grow: one article of megabytes holds up the order, and thousands of small ones
/// pile up behind it. So what counts is everything between the reader and the output, wherever it waits.
pub(super) struct Gate {
    inside: Mutex<Inside>,
    moved: Condvar,
    most: usize,
}

struct Inside {
    bytes: usize,
    closed: bool,
}

impl Gate {
    /// A gate that lets in `most` bytes, or one thing of any size.
    pub(super) const fn new(most: usize) -> Self {
        Self { inside: Mutex::new(Inside { bytes: 0, closed: false }), moved: Condvar::new(), most }
    }

    /// Waits until there is room; whether to go on.
    pub(super) fn enter(&self, bytes: usize) -> bool {
        let mut inside = self.inside.lock().unwrap_or_else(PoisonError::into_inner);
        while !inside.closed && inside.bytes > 0 && inside.bytes.saturating_add(bytes) > self.most {
            inside = self.moved.wait(inside).unwrap_or_else(PoisonError::into_inner);
        }
        inside.bytes = inside.bytes.saturating_add(bytes);
        !inside.closed
    }

    /// Makes room again.
    pub(super) fn leave(&self, bytes: usize) {
        let mut inside = self.inside.lock().unwrap_or_else(PoisonError::into_inner);
        inside.bytes = inside.bytes.saturating_sub(bytes);
        drop(inside);
        self.moved.notify_all();
    }

    /// Lets in nothing more.
    pub(super) fn close(&self) {
        self.inside.lock().unwrap_or_else(PoisonError::into_inner).closed = true;
        self.moved.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use std::{
        sync::atomic::{AtomicUsize, Ordering},
        thread,
    };

    use super::*;

    #[test]
    fn no_more_is_inside_than_may_be() {
        let (gate, inside, most) = (Gate::new(100), AtomicUsize::new(0), AtomicUsize::new(0));
        thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| {
                    for n in 0..200 {
                        let bytes = n % 60;
                        assert!(gate.enter(bytes));
                        most.fetch_max(inside.fetch_add(bytes, Ordering::SeqCst) + bytes, Ordering::SeqCst);
                        inside.fetch_sub(bytes, Ordering::SeqCst);
                        gate.leave(bytes);
                    }
                });
            }
        });
        assert!(most.load(Ordering::SeqCst) <= 100);
        assert!(gate.enter(1000), "one thing of any size goes in alone");
        gate.close();
        assert!(!gate.enter(1), "a closed gate holds nobody up");
    }
}
