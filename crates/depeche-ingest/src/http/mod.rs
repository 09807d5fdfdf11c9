//! One address, fetched once, within bounds.
//!
//! Time, size and redirects are bounded. Loopback, private and link-local addresses are refused unless allowed, after resolution and at
//! every hop of a redirect, so that no name and no redirect can point a crawl into the network it runs in.

mod crawl;

use std::{
    io::Read,
    net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr},
    time::Duration,
};

use depeche_model::Diagnostic;
use ureq::{
    Agent, Error,
    config::Config,
    http::Uri,
    unversioned::{
        resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver},
        transport::{DefaultConnector, NextTimeout},
    },
};

pub use crawl::{Clock, Crawler};

use crate::{Source, charset};

/// Bounds of a fetch.
#[derive(Clone, Debug)]
pub struct Policy {
    /// Time for the whole of it, redirects and body included.
    pub timeout: Duration,
    /// Longest body, in bytes, after decompression.
    pub max_bytes: usize,
    /// Most redirects followed.
    pub redirects: u32,
    /// Whether addresses of this machine and of private networks may be fetched.
    pub allow_private: bool,
    /// What the client calls itself.
    pub user_agent: String,
}

impl Default for Policy {
    fn default() -> Self {
        Self {
            timeout: Duration::from_secs(20),
            max_bytes: 16 << 20,
            redirects: 5,
            allow_private: false,
            user_agent: concat!("depeche/", env!("CARGO_PKG_VERSION")).to_owned(),
        }
    }
}

/// A page as a server gave it.
#[derive(Clone, Debug)]
pub struct Page {
    /// The body, decompressed.
    pub bytes: Vec<u8>,
    /// The address it came from in the end, with the declared character set; its name is the address that was asked for.
    pub source: Source,
    /// By what the server would know this version again.
    pub validators: Validators,
}

/// By what a server knows a version of a page; kept by the caller from one visit to the next.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Validators {
    /// `ETag`.
    pub etag: Option<String>,
    /// `Last-Modified`.
    pub last_modified: Option<String>,
}

/// What became of a conditional request.
#[derive(Clone, Debug)]
pub enum Answer {
    /// The page, new or changed.
    Page(Page),
    /// The version that the caller knows still holds.
    Unchanged,
}

/// A client that keeps connections between fetches.
#[derive(Clone, Debug)]
pub struct Client {
    agent: Agent,
    policy: Policy,
}

impl Client {
    /// A client under a policy.
    pub fn new(policy: Policy) -> Self {
        let config = Agent::config_builder()
            .timeout_global(Some(policy.timeout))
            .max_redirects(policy.redirects)
            .user_agent(&policy.user_agent)
            .accept("text/html,application/xhtml+xml,text/plain;q=0.9,*/*;q=0.5")
            .http_status_as_error(false)
            .build();
        let guard = Guard { allow_private: policy.allow_private, inner: DefaultResolver::default() };
        Self { agent: Agent::with_parts(config, DefaultConnector::default(), guard), policy }
    }

    /// Fetches an address.
    ///
    /// # Errors
    /// Where the address is none, is refused, does not answer in time and within bounds, or answers with anything but success.
    pub fn fetch(&self, url: &str) -> Result<Page, Diagnostic> {
        match self.fetch_if_changed(url, &Validators::default())? {
            Answer::Page(page) => Ok(page),
            Answer::Unchanged => {
                Err(Diagnostic::error(url, "the server answered 304 to a plain request").hint("try later"))
            }
        }
    }

    /// Fetches an address unless the version that is `known` still holds.
    ///
    /// # Errors
    /// As [`Client::fetch`].
    pub fn fetch_if_changed(&self, url: &str, known: &Validators) -> Result<Answer, Diagnostic> {
        if !url.starts_with("http://") && !url.starts_with("https://") {
            return Err(no_address(url));
        }
        let mut request = self.agent.get(url);
        if let Some(etag) = &known.etag {
            request = request.header("If-None-Match", etag);
        }
        if let Some(time) = &known.last_modified {
            request = request.header("If-Modified-Since", time);
        }
        let mut response = request.call().map_err(|error| self.failure(url, &error))?;
        let status = response.status();
        if status.as_u16() == 304 && *known != Validators::default() {
            return Ok(Answer::Unchanged);
        }
        if !status.is_success() {
            return Err(Diagnostic::error(url, format!("the server answered {status}")).hint(remedy(status.as_u16())));
        }
        let field = |name: &str| response.headers().get(name).and_then(|value| value.to_str().ok()).map(str::to_owned);
        let charset = field("content-type").as_deref().and_then(charset::of_content_type);
        let validators = Validators { etag: field("etag"), last_modified: field("last-modified") };
        let last = ureq::ResponseExt::get_uri(&response).to_string();
        let body = response.body_mut().with_config().limit(self.policy.max_bytes as u64);
        let bytes = body.read_to_vec().map_err(|error| self.failure(url, &error))?;
        Ok(Answer::Page(Page { bytes, source: Source { name: url.to_owned(), url: Some(last), charset }, validators }))
    }

    /// Status and body of whatever a server answers, the body cut short at `max` bytes.
    fn get(&self, url: &str, max: usize) -> Result<(u16, Vec<u8>), Diagnostic> {
        let response = self.agent.get(url).call().map_err(|error| self.failure(url, &error))?;
        let (status, mut bytes) = (response.status().as_u16(), Vec::new());
        let mut body = response.into_body().into_reader().take(max as u64);
        body.read_to_end(&mut bytes).map_err(|error| self.failure(url, &Error::Io(error)))?;
        Ok((status, bytes))
    }

    fn failure(&self, url: &str, error: &Error) -> Diagnostic {
        let (message, hint) = match error {
            Error::Timeout(_) => {
                (format!("no answer within {} s", self.policy.timeout.as_secs_f32()), "try again, or raise --timeout")
            }
            Error::HostNotFound => ("no such host".to_owned(), "check the address and the network"),
            Error::TooManyRedirects => (
                format!("more than {} redirects", self.policy.redirects),
                "fetch the page with a browser and read the file",
            ),
            Error::BodyExceedsLimit(_) => {
                (format!("the page is longer than {} bytes", self.policy.max_bytes), "raise the limit with --max-bytes")
            }
            Error::Io(io) if io.kind() == std::io::ErrorKind::PermissionDenied => (
                "the address lies in this machine or a private network".to_owned(),
                "allow it with --allow-private if you mean it",
            ),
            other => (format!("fetching failed: {other}"), "check the address and the network"),
        };
        Diagnostic::error(url, message).hint(hint)
    }
}

fn no_address(url: &str) -> Diagnostic {
    Diagnostic::error(url, "this is no http or https address").hint("write it whole, https:// included")
}

const fn remedy(status: u16) -> &'static str {
    match status {
        401 | 403 | 451 => "the page is not open to programs; save it from a browser and read the file",
        404 | 410 => "the page is gone; check the address",
        429 | 503 => "the server asks for patience; try later",
        _ => "try later, or save the page from a browser and read the file",
    }
}

/// The default resolver less the addresses that a policy forbids.
#[derive(Debug)]
struct Guard {
    allow_private: bool,
    inner: DefaultResolver,
}

impl Resolver for Guard {
    fn resolve(&self, uri: &Uri, config: &Config, timeout: NextTimeout) -> Result<ResolvedSocketAddrs, Error> {
        let found = self.inner.resolve(uri, config, timeout)?;
        if self.allow_private {
            return Ok(found);
        }
        let public: Vec<SocketAddr> = found.iter().copied().filter(|address| is_public(address.ip())).collect();
        if public.is_empty() {
            return Err(Error::Io(std::io::ErrorKind::PermissionDenied.into()));
        }
        let mut kept = self.empty();
        for address in public {
            kept.push(address);
        }
        Ok(kept)
    }
}

/// Whether an address is one of the open Internet.
fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(v4) => is_public_v4(v4),
        IpAddr::V6(v6) => v6.to_ipv4_mapped().map_or_else(|| is_public_v6(v6), is_public_v4),
    }
}

fn is_public_v4(v4: Ipv4Addr) -> bool {
    let [a, b, c, _] = v4.octets();
    // Beyond what the standard library names: "this network", carrier-grade NAT, protocol assignments, benchmarks, reserved.
    let special = a == 0
        || (a == 100 && (64..128).contains(&b))
        || (a == 192 && b == 0 && c == 0)
        || (a == 198 && (b & 0xfe) == 18)
        || a >= 240;
    !(special
        || v4.is_loopback()
        || v4.is_private()
        || v4.is_link_local()
        || v4.is_multicast()
        || v4.is_documentation())
}

fn is_public_v6(v6: Ipv6Addr) -> bool {
    let first = v6.segments()[0];
    // Global unicast is 2000::/3; inside it, 2002:: and 2001:0:: tunnel to any IPv4 address, and 2001:db8:: is documentation.
    let tunnel = first == 0x2002 || (first == 0x2001 && matches!(v6.segments()[1], 0 | 0xdb8));
    (first & 0xe000) == 0x2000 && !tunnel
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_open_internet_is_public() {
        for address in [
            "127.0.0.1",
            "10.1.2.3",
            "172.16.0.1",
            "192.168.1.1",
            "169.254.169.254",
            "100.64.0.1",
            "0.0.0.0",
            "::1",
            "fe80::1",
            "fd00::1",
            "::ffff:127.0.0.1",
            "64:ff9b::7f00:1",
            "2002:7f00:1::",
        ] {
            assert!(!is_public(address.parse().unwrap()), "{address}");
        }
        for address in ["8.8.8.8", "93.184.216.34", "2606:2800:220:1::1"] {
            assert!(is_public(address.parse().unwrap()), "{address}");
        }
    }
}
