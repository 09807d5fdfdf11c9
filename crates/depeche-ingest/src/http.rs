//! One address, fetched once, within bounds.
//!
//! Time, size and redirects are bounded. Loopback, private and link-local addresses are refused unless allowed, after resolution and at
//! every hop of a redirect, so that no name and no redirect can point a crawl into the network it runs in.

use std::{
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

use crate::Source;

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

/// What a server answered.
#[derive(Clone, Debug)]
pub struct Page {
    /// The body, decompressed.
    pub bytes: Vec<u8>,
    /// The address it came from in the end, with the declared character set; its name is the address that was asked for.
    pub source: Source,
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
        if !url.starts_with("http://") && !url.starts_with("https://") {
            return Err(
                Diagnostic::error(url, "this is no http or https address").hint("write it whole, https:// included")
            );
        }
        let mut response = self.agent.get(url).call().map_err(|error| self.failure(url, &error))?;
        let status = response.status();
        if !status.is_success() {
            return Err(Diagnostic::error(url, format!("the server answered {status}")).hint(remedy(status.as_u16())));
        }
        let charset = response.headers().get("content-type").and_then(|v| v.to_str().ok()).and_then(charset_of);
        let last = ureq::ResponseExt::get_uri(&response).to_string();
        let body = response.body_mut().with_config().limit(self.policy.max_bytes as u64);
        let bytes = body.read_to_vec().map_err(|error| self.failure(url, &error))?;
        Ok(Page { bytes, source: Source { name: url.to_owned(), url: Some(last), charset } })
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

const fn remedy(status: u16) -> &'static str {
    match status {
        401 | 403 | 451 => "the page is not open to programs; save it from a browser and read the file",
        404 | 410 => "the page is gone; check the address",
        429 | 503 => "the server asks for patience; try later",
        _ => "try later, or save the page from a browser and read the file",
    }
}

/// The label in `text/html; charset=utf-8`.
pub(crate) fn charset_of(content_type: &str) -> Option<String> {
    let parameters = content_type.split(';').skip(1).filter_map(|p| p.split_once('='));
    let found = parameters.into_iter().find(|(key, _)| key.trim().eq_ignore_ascii_case("charset"));
    found.map(|(_, value)| value.trim().trim_matches(['"', '\'']).to_owned()).filter(|value| !value.is_empty())
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

    #[test]
    fn charsets_of_content_types() {
        assert_eq!(charset_of("text/html; Charset=\"ISO-8859-1\"").as_deref(), Some("ISO-8859-1"));
        assert_eq!(charset_of("text/html"), None);
    }
}
