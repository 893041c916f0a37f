// Package passkey says what a browser is asked so that a device makes a passkey, or
// signs with one, and whether the answer is right. It keeps nothing: what an answer is
// held against goes through the caller's hands, who gives it back once.
package passkey

import (
	"encoding/json"
	"errors"
	"net"
	"net/url"
	"strings"

	"github.com/go-webauthn/webauthn/protocol"
	"github.com/go-webauthn/webauthn/webauthn"

	"vedette"
)

// maxAnswer bounds what is read of a browser's answer, in bytes. One with a key of
// 4096 bits is a tenth of it.
const maxAnswer = 16 << 10

// Party is who asks: the address that passkeys are made for. A browser shows them to
// no other.
type Party struct{ web *webauthn.WebAuthn }

// Holder is somebody, with the passkeys they have.
type Holder struct {
	User vedette.User
	Keys []vedette.Passkey
}

// At gives the party of a portal at an address. Where browsers have no passkeys for it
// the error is CodeUnavailable, and says why.
func At(base, name string) (*Party, error) {
	u, err := url.Parse(base)
	if err != nil || u.Hostname() == "" {
		return nil, vedette.Errorf(vedette.CodeUnavailable, "passkeys are not there, for the portal knows no address of its own; name it with --base-url")
	}
	host := strings.ToLower(u.Hostname())
	local := host == "localhost" || strings.HasSuffix(host, ".localhost")
	switch {
	case net.ParseIP(host) != nil:
		return nil, vedette.Errorf(vedette.CodeUnavailable, "passkeys are not there: they belong to a name, and the portal's address, %s, has none; serve it by a name with --base-url, on this machine as http://localhost:PORT", base)
	case u.Scheme != "https" && !local:
		return nil, vedette.Errorf(vedette.CodeUnavailable, "passkeys are not there: browsers have them over TLS alone, and the portal's address is %s; put a proxy that speaks TLS in front, and name its address with --base-url https://…", base)
	}
	origin := u.Scheme + "://" + host
	if port := u.Port(); port != "" && !(u.Scheme == "https" && port == "443") && !(u.Scheme == "http" && port == "80") {
		origin += ":" + port
	}
	if strings.TrimSpace(name) == "" {
		name = "Vedette"
	}
	web, err := webauthn.New(&webauthn.Config{
		RPID: host, RPDisplayName: name, RPOrigins: []string{origin}, AttestationPreference: protocol.PreferNoAttestation,
		AuthenticatorSelection: protocol.AuthenticatorSelection{RequireResidentKey: protocol.ResidentKeyRequired(), ResidentKey: protocol.ResidentKeyRequirementRequired, UserVerification: protocol.VerificationRequired},
		// Some browsers and keepers of passwords say more than they were asked; none of it is read.
		ExtensionsUnsolicitedOutputPolicy: protocol.UnsolicitedOutputPolicyIgnore,
	})
	if err != nil {
		return nil, vedette.Errorf(vedette.CodeUnavailable, "passkeys are not there: %q is no name that they can belong to; write one of at least two parts, such as desk.example.org, in ASCII", host)
	}
	return &Party{web}, nil
}

// Origin is the address of the pages that passkeys work on.
func (p *Party) Origin() string { return p.web.Config.RPOrigins[0] }

// Make says what a browser is asked so that a device makes a passkey for somebody, and
// what its answer is held against.
func (p *Party) Make(h Holder) (options, kept []byte, err error) {
	asked, session, err := p.web.BeginRegistration(owner{h}, webauthn.WithExclusions(webauthn.Credentials(owner{h}.WebAuthnCredentials()).CredentialDescriptors()))
	if err != nil {
		return nil, nil, ours(err)
	}
	return both(asked.Response, session)
}

// Made gives the passkey that a device made. An answer that does not fit is
// CodeForbidden.
func (p *Party) Made(h Holder, kept, answer []byte) (k vedette.Passkey, err error) {
	var session webauthn.SessionData
	if err := json.Unmarshal(kept, &session); err != nil {
		return k, ours(err)
	}
	said, err := read(answer, protocol.ParseCredentialCreationResponseBytes)
	if err != nil {
		return k, err
	}
	c, err := p.web.CreateCredential(owner{h}, session, said)
	if err != nil {
		return k, refused(err)
	}
	return vedette.Passkey{Handle: c.ID, Public: c.PublicKey, Count: c.Authenticator.SignCount, Flags: byte(c.Flags.ProtocolValue())}, nil
}

// Ask says what a browser is asked so that a device signs with a passkey of somebody,
// or, where h is nil, of whoever has one; and what its answer is held against.
func (p *Party) Ask(h *Holder) (options, kept []byte, err error) {
	var asked *protocol.CredentialAssertion
	var session *webauthn.SessionData
	if h == nil {
		asked, session, err = p.web.BeginDiscoverableLogin()
	} else {
		asked, session, err = p.web.BeginLogin(owner{*h})
	}
	if err != nil {
		return nil, nil, ours(err)
	}
	return both(asked.Response, session)
}

// Handle gives which passkey an answer says it is of: nothing of it is proven yet.
func Handle(answer []byte) ([]byte, error) {
	said, err := read(answer, protocol.ParseCredentialRequestResponseBytes)
	if err != nil {
		return nil, err
	}
	return said.RawID, nil
}

// Shown gives the passkey of somebody's that an answer proves, with what changed of it.
// An answer that does not fit, or of a key that was copied, is CodeForbidden.
func (p *Party) Shown(h Holder, kept, answer []byte) (k vedette.Passkey, err error) {
	var session webauthn.SessionData
	if err := json.Unmarshal(kept, &session); err != nil {
		return k, ours(err)
	}
	said, err := read(answer, protocol.ParseCredentialRequestResponseBytes)
	if err != nil {
		return k, err
	}
	var c *webauthn.Credential
	if len(session.UserID) == 0 { // whose it is was not known when it was asked
		_, c, err = p.web.ValidatePasskeyLogin(func([]byte, []byte) (webauthn.User, error) { return owner{h}, nil }, session, said)
	} else {
		c, err = p.web.ValidateLogin(owner{h}, session, said)
	}
	if err != nil {
		return k, refused(err)
	}
	for _, k = range h.Keys {
		if string(k.Handle) != string(c.ID) {
			continue
		}
		if c.Authenticator.CloneWarning {
			return k, vedette.Errorf(vedette.CodeForbidden, "this passkey signed less often than it did before, so it may have been copied: it is not taken. Sign in another way, remove it from your account, and tell an administrator")
		}
		k.Count, k.Flags = c.Authenticator.SignCount, byte(c.Flags.ProtocolValue())
		return k, nil
	}
	return k, refused(errors.New("no such key"))
}

// read reads an answer, of a bounded size.
func read[T any](answer []byte, parse func([]byte) (*T, error)) (*T, error) {
	if len(answer) > maxAnswer {
		return nil, refused(errors.New("too long"))
	}
	said, err := parse(answer)
	if err != nil {
		return nil, refused(err)
	}
	return said, nil
}

// both writes what goes to the browser and what stays.
func both(asked, session any) (options, kept []byte, err error) {
	if options, err = json.Marshal(asked); err == nil {
		kept, err = json.Marshal(session)
	}
	if err != nil {
		return nil, nil, ours(err)
	}
	return options, kept, nil
}

func refused(err error) error {
	return vedette.Wrap(err, vedette.CodeForbidden, "the passkey was not taken: its answer does not fit what was asked; try again, and if that does not help, sign in another way")
}

func ours(err error) error {
	return vedette.Wrap(err, vedette.CodeInternal, "a passkey could not be asked for")
}

// owner is a holder as the library wants one.
type owner struct{ Holder }

// WebAuthnID is what devices keep a passkey under: it says nothing of whose it is.
func (o owner) WebAuthnID() []byte          { return []byte(o.User.ID) }
func (o owner) WebAuthnName() string        { return o.User.Login }
func (o owner) WebAuthnDisplayName() string { return o.User.Name }
func (o owner) WebAuthnCredentials() []webauthn.Credential {
	list := make([]webauthn.Credential, len(o.Keys))
	for i := range o.Keys {
		k := &o.Keys[i]
		list[i] = webauthn.Credential{ID: k.Handle, PublicKey: k.Public, Flags: webauthn.NewCredentialFlags(protocol.AuthenticatorFlags(k.Flags)), Authenticator: webauthn.Authenticator{SignCount: k.Count}}
	}
	return list
}
