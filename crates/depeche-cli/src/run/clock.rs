//! The time, which nothing but this crate may ask.

use std::{
    thread,
    time::{Duration, Instant},
};

use depeche::ingest::http;

/// A moment.
#[allow(clippy::disallowed_methods)] // the one place of a run that asks
pub(crate) fn now() -> Instant {
    Instant::now()
}

/// The system's clock, for whoever fetches.
pub(crate) struct Clock(Instant);

impl Clock {
    /// A clock that starts now.
    pub(crate) fn new() -> Self {
        Self(now())
    }
}

impl http::Clock for Clock {
    fn now(&self) -> Duration {
        self.0.elapsed()
    }

    fn sleep(&self, time: Duration) {
        thread::sleep(time);
    }
}
