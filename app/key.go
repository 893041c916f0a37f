package app

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"vedette"
	"vedette/auth"
)

// loadKey finds the installation's key: in the environment, else in the key
// file. At first start it is made; later a missing one is an error, for a
// new key would open nothing.
func (c Config) loadKey(known bool) (*auth.Key, error) {
	if c.KeyText != "" {
		return auth.ParseKey(c.KeyText)
	}
	b, err := os.ReadFile(c.KeyFile)
	switch {
	case err == nil:
		k, err := auth.ParseKey(string(b))
		return k, vedette.Wrap(err, vedette.CodeInvalid, "key file %s", c.KeyFile)
	case !errors.Is(err, fs.ErrNotExist):
		return nil, vedette.Wrap(err, vedette.CodeUnavailable, "the installation key cannot be read")
	case known:
		return nil, vedette.Errorf(vedette.CodeWrongKey,
			"the installation key is missing: %s does not exist; put the key of this database there, or name it with --key-file or VEDETTE_KEY", c.KeyFile)
	}
	k := auth.NewKey()
	if err := writeKey(c.KeyFile, k); err != nil {
		return nil, err
	}
	return k, vedette.Wrap(touch(c.erasuresPath()), vedette.CodeUnavailable, "the list of erasures cannot be made beside the key")
}

// touch makes an empty file where none is.
func touch(path string) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE, 0o600)
	if err != nil {
		return err
	}
	return f.Close()
}

// writeKey writes a new key file for its owner alone, and never over an
// old one: losing a key loses every record.
func writeKey(path string, k *auth.Key) error {
	fail := func(err error) error {
		return vedette.Wrap(err, vedette.CodeUnavailable, "the installation key cannot be written to %s", path)
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return fail(err)
	}
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return fail(err)
	}
	_, err = f.WriteString(k.Text() + "\n")
	return fail(errors.Join(err, f.Sync(), f.Close()))
}
