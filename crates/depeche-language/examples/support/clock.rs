//! The clock that examples measure with.

/// Seconds of this thread's processor time.
#[cfg(unix)]
pub fn seconds() -> f64 {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::ThreadCPUTime);
    time.tv_sec as f64 + time.tv_nsec as f64 * 1e-9
}

/// Seconds since the first call.
// Measuring is what the examples are for: the clock is their business.
#[cfg(not(unix))]
#[allow(clippy::disallowed_methods)]
pub fn seconds() -> f64 {
    static START: std::sync::OnceLock<std::time::Instant> = std::sync::OnceLock::new();
    START.get_or_init(std::time::Instant::now).elapsed().as_secs_f64()
}
