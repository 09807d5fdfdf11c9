//! Many addresses, fetched with manners.
//!
//! A site's `robots.txt` is asked once and obeyed, a pause is kept between two requests to one host (the site's own `Crawl-delay` where it
//! asks for more), and a page that was seen before is asked for only if it changed. Where `robots.txt` cannot be had because the
//! server fails, nothing is fetched (RFC 9309); where there is none, everything is.
//!
//! Time is the caller's: [`Clock`] says what it is and waits. Threads may share a crawler; those that want one host wait for each other, those
//! that want others do not.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use depeche_model::Diagnostic;
use texting_robots::Robot;

use super::{Answer, Client, Validators};
use crate::{Source, corpus::Fetch};

/// Longest `robots.txt` read, in bytes; RFC 9309 asks for at least this.
const MAX_ROBOTS: usize = 512 << 10;
/// Longest pause that a site may ask for.
const MAX_PAUSE: Duration = Duration::from_secs(60);
/// Hosts remembered; beyond, those not in use are forgotten.
const MAX_HOSTS: usize = 4096;

/// Time, as the caller has it.
pub trait Clock: Sync {
    /// Time since some fixed moment; never goes back.
    fn now(&self) -> Duration;

    /// Waits.
    fn sleep(&self, time: Duration);
}

/// A client with manners.
#[derive(Debug)]
pub struct Crawler<C> {
    client: Client,
    clock: C,
    pause: Duration,
    hosts: Mutex<HashMap<String, Arc<Mutex<Host>>>>,
}

/// What is known of a host.
#[derive(Debug, Default)]
struct Host {
    rules: Option<Rules>,
    /// When the next request may be made.
    free: Duration,
}

/// What a host's `robots.txt` allows.
enum Rules {
    All,
    None,
    Some(Box<Robot>),
}

impl std::fmt::Debug for Rules {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::All => "All",
            Self::None => "None",
            Self::Some(_) => "Some",
        })
    }
}

impl<C: Clock> Crawler<C> {
    /// A crawler that lets `pause` pass between two requests to one host.
    pub fn new(client: Client, clock: C, pause: Duration) -> Self {
        Self { client, clock, pause, hosts: Mutex::new(HashMap::new()) }
    }

    /// Fetches an address, or learns that what is known of it still holds.
    ///
    /// # Errors
    /// As [`Client::fetch`], and where the site's `robots.txt` forbids it.
    pub fn fetch_if_changed(&self, url: &str, known: &Validators) -> Result<Answer, Diagnostic> {
        let site = site(url).ok_or_else(|| super::no_address(url))?;
        let host = self.host(&site);
        let mut host = host.lock().unwrap_or_else(PoisonError::into_inner);
        if host.rules.is_none() {
            host.rules = Some(self.ask_rules(&site, &mut host.free));
        }
        let delay = match &host.rules {
            Some(Rules::None) => return Err(refused(url, "the site's robots.txt cannot be had")),
            Some(Rules::Some(robot)) if !robot.allowed(url) => {
                return Err(refused(url, "the site's robots.txt forbids this page"));
            }
            Some(Rules::Some(robot)) => robot.delay,
            _ => None,
        };
        self.wait(&mut host.free, delay);
        self.client.fetch_if_changed(url, known)
    }

    /// The state of a host; the map is locked no longer than that takes.
    fn host(&self, site: &str) -> Arc<Mutex<Host>> {
        let mut hosts = self.hosts.lock().unwrap_or_else(PoisonError::into_inner);
        if hosts.len() >= MAX_HOSTS {
            hosts.retain(|_, host| Arc::strong_count(host) > 1);
        }
        Arc::clone(hosts.entry(site.to_owned()).or_default())
    }

    /// Waits until a host may be asked again, and books the pause after.
    fn wait(&self, free: &mut Duration, delay: Option<f32>) {
        let now = self.clock.now();
        if let Some(time) = free.checked_sub(now).filter(|time| !time.is_zero()) {
            self.clock.sleep(time);
        }
        let asked = delay.and_then(|seconds| Duration::try_from_secs_f32(seconds).ok()).unwrap_or_default();
        *free = self.clock.now() + self.pause.max(asked.min(MAX_PAUSE));
    }

    fn ask_rules(&self, site: &str, free: &mut Duration) -> Rules {
        self.wait(free, None);
        match self.client.get(&format!("{site}/robots.txt"), MAX_ROBOTS) {
            Ok((200..300, text)) => Robot::new(&self.client.policy.user_agent, &text)
                .map_or(Rules::All, |robot| Rules::Some(Box::new(robot))),
            Ok((400..500, _)) => Rules::All,
            Ok(_) | Err(_) => Rules::None,
        }
    }
}

impl<C: Clock> Fetch for Crawler<C> {
    fn fetch(&self, url: &str) -> Result<Option<(Vec<u8>, Source)>, Diagnostic> {
        match self.fetch_if_changed(url, &Validators::default())? {
            Answer::Page(page) => Ok(Some((page.bytes, page.source))),
            Answer::Unchanged => Ok(None),
        }
    }
}

/// Scheme and host of an address, with the port.
fn site(url: &str) -> Option<String> {
    let (scheme, rest) = url.split_once("://")?;
    let host = rest.split(['/', '?', '#']).next()?;
    let host = host.rsplit_once('@').map_or(host, |(_, host)| host);
    (!host.is_empty()).then(|| format!("{scheme}://{}", host.to_ascii_lowercase()))
}

fn refused(url: &str, why: &str) -> Diagnostic {
    Diagnostic::error(url, why).hint("save the page from a browser and read the file, or ask the publisher")
}
