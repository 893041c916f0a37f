package outbound

import "net/netip"

// special lists the ranges that are not on the public internet, from the
// IANA special-purpose address registries (IPv4 and IPv6), the ranges that
// carry an IPv4 address inside an IPv6 one (6to4, Teredo, IPv4-compatible),
// and the one public address a cloud gives its own host services (Azure).
var special = prefixes(
	"0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12",
	"192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24",
	"203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4", "168.63.129.16/32",
	"::/96", "64:ff9b:1::/48", "100::/64", "2001::/23", "2001:db8::/32", "2002::/16",
	"3fff::/20", "5f00::/16", "fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8",
)

func prefixes(list ...string) []netip.Prefix {
	out := make([]netip.Prefix, len(list))
	for i, s := range list {
		out[i] = netip.MustParsePrefix(s)
	}
	return out
}

// nat64 is how hosts without IPv4 reach it (RFC 6052): the last four bytes
// are the IPv4 address that is meant.
var nat64 = netip.MustParsePrefix("64:ff9b::/96")

// Public says whether an address lies on the public internet. A zone or an
// IPv4 address in IPv6 dress changes nothing.
func Public(a netip.Addr) bool {
	a = a.WithZone("").Unmap()
	if nat64.Contains(a) {
		b := a.As16()
		a = netip.AddrFrom4([4]byte(b[12:]))
	}
	for _, p := range special {
		if p.Contains(a) {
			return false
		}
	}
	return a.IsValid()
}
